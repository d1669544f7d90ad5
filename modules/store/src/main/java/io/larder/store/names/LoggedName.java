package io.larder.store.names;

import io.larder.store.binlog.BinlogPosition;

/// A name of one directory that the log has, and what it says in the end.
///
/// @param fileName the name without directories
/// @param state what it says
/// @param at where the last record of the name stands
public record LoggedName(String fileName, NameState state, BinlogPosition at) {}
