package io.larder.http.download;

import io.vertx.core.buffer.Buffer;

/// The file for those whose token is wrong (`http.anti_steal.token_check_fail`), read once at start.
///
/// @param name its name, for the content type
/// @param content its bytes
public record FailFile(String name, Buffer content) {}
