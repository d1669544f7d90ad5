/// The pages in a real browser.
@NullMarked
package io.larder.http.page;

import org.jspecify.annotations.NullMarked;
