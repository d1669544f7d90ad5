/// What storages and other servers report, and what it does to the view: beats, space, progress, sources, status, trunk files. Pure rules.
@NullMarked
package io.larder.cluster.report;

import org.jspecify.annotations.NullMarked;
