/// Data directories that C storages wrote, made whole: for tests that open a directory and not only single files.
@NullMarked
package io.larder.protocol.sample;

import org.jspecify.annotations.NullMarked;
