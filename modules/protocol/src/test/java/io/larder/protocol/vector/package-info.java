/// Recorded frames of the reference implementation and their reader, for tests of every module. What a
/// frame means to the code under test is told by that test, not here.
@NullMarked
package io.larder.protocol.vector;

import org.jspecify.annotations.NullMarked;
