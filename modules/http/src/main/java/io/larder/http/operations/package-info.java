/// What operators ask: is it alive, is it ready, its metrics. The answers come from whoever starts the node.
@NullMarked
package io.larder.http.operations;

import org.jspecify.annotations.NullMarked;
