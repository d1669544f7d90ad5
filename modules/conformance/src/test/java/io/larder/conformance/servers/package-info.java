/// Which servers the suites are run against, and what is expected of them: a node of our own, or any tracker that the system
/// property `larder.conformance.tracker` names. What FastDFS and Larder answer differently is one table, [Deviation].
@NullMarked
package io.larder.conformance.servers;

import org.jspecify.annotations.NullMarked;
