package io.larder.http.file;

/// A GET or HEAD of a file: all of its head that matters.
///
/// @param head whether only the head of the answer is wanted
/// @param target the file and the parameters
/// @param conditions the conditional headers
/// @param tokenWaived whether a header of the request stands in for a token (S5 §3)
public record FileRequest(
    boolean head, FileTarget target, Conditions conditions, boolean tokenWaived) {}
