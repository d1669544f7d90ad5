/// Reads what is stored again and again, slowly, and writes down which files are suspect: their content or their place does
/// not fit what their name says, or cannot be read. What may be said of a file is decided by [io.larder.store.scrub];
/// nothing here repairs, moves or removes a stored file.
@NullMarked
package io.larder.store.scrubber;

import org.jspecify.annotations.NullMarked;
