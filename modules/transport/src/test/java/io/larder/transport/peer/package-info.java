/// Tests of the asking end against a real serving end and against a peer that breaks the rules.
@NullMarked
package io.larder.transport.peer;

import org.jspecify.annotations.NullMarked;
