package io.larder.protocol.conf;

/// One `key = value` line as it was read, after directives.
///
/// @param at the file and line it stands in
/// @param section the section it belongs to, empty for the global one
/// @param key at most 63 bytes
/// @param value at most 255 bytes, blanks at both ends removed
public record ConfItem(Origin.InFile at, String section, String key, String value) {}
