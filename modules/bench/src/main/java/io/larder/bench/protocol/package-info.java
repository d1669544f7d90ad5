/// JMH cases of the codecs and the file id: what every request pays before anything touches a disk.
@NullMarked
package io.larder.bench.protocol;

import org.jspecify.annotations.NullMarked;
