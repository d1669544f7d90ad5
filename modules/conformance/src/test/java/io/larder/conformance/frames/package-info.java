/// What no client says: every command once by hand in good order, and then everything that can be wrong with it. Each test asserts
/// the status and what becomes of the connection. Nothing here knows who answers, but for the table of deviations.
@NullMarked
package io.larder.conformance.frames;

import org.jspecify.annotations.NullMarked;
