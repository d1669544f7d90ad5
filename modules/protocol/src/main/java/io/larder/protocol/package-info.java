/// The FastDFS protocol and disk formats as pure data: values, codecs and syntax. Nothing here opens a socket or a file, reads a clock or starts a thread.
@NullMarked
package io.larder.protocol;

import org.jspecify.annotations.NullMarked;
