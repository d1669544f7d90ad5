/// How a storage becomes a member: its identity, the rules of a join, and the ids an operator has given out. Pure rules.
@NullMarked
package io.larder.cluster.join;

import org.jspecify.annotations.NullMarked;
