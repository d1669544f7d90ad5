/// The `larder` command: reads options and conf files, starts nodes, prints what people need next. It may touch the
/// user's own files; what a role does is decided elsewhere.
@NullMarked
package io.larder.server.command;

import org.jspecify.annotations.NullMarked;
