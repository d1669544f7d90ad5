/// Tests of the binlog.
@NullMarked
package io.larder.store.binlog;

import org.jspecify.annotations.NullMarked;
