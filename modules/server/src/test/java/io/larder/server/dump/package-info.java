/// Tests of what shows the files of a data directory.
@NullMarked
package io.larder.server.dump;

import org.jspecify.annotations.NullMarked;
