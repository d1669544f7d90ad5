/// Whom to ask: the trackers in turn, then the storages they name. How a request is made is in `exchange`.
@NullMarked
package io.larder.client.route;

import org.jspecify.annotations.NullMarked;
