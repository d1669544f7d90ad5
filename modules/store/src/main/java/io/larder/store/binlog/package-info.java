/// The binlog of this storage: the record of every change, in files of one gigabyte. What a record means to a peer is
/// the business of replication, which reads it.
@NullMarked
package io.larder.store.binlog;

import org.jspecify.annotations.NullMarked;
