/// The HTTP role: downloads by file URL, uploads, deletes, operations endpoints and the pages of webroot.
@NullMarked
package io.larder.http;

import org.jspecify.annotations.NullMarked;
