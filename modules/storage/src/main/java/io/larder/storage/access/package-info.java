/// The access log: one line per request of a client, written in batches off the path of the request (S3 §12).
@NullMarked
package io.larder.storage.access;

import org.jspecify.annotations.NullMarked;
