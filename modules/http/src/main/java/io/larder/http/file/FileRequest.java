package io.larder.http.file;

/// A GET or HEAD of a file: all of its head that matters.
///
/// @param head whether only the head of the answer is wanted
/// @param target the file and the parameters
/// @param conditions the conditional headers
public record FileRequest(boolean head, FileTarget target, Conditions conditions) {}
