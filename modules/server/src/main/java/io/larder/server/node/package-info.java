/// The wiring of a node: which roles run, with what, in which order they start and end, and what is measured. This is the
/// only place that knows the whole graph; a rule of any role does not belong here.
@NullMarked
package io.larder.server.node;

import org.jspecify.annotations.NullMarked;
