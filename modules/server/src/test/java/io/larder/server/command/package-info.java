/// Tests of the `larder` command.
@NullMarked
package io.larder.server.command;

import org.jspecify.annotations.NullMarked;
