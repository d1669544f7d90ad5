/// The pages of webroot: static files from the class path or a folder, and their safety headers.
@NullMarked
package io.larder.http.page;

import org.jspecify.annotations.NullMarked;
