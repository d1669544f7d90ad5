/// The only room that touches the operating system: files at system-call level, clocks, randomness. It knows nothing of FastDFS.
@NullMarked
package io.larder.platform;

import org.jspecify.annotations.NullMarked;
