/// Tests of the access log: its lines alone, and the file under a served store.
@NullMarked
package io.larder.storage.access;

import org.jspecify.annotations.NullMarked;
