/// What operators ask for: removing a storage or a group, moving a storage to another address, appointing a trunk server. Pure rules.
@NullMarked
package io.larder.cluster.admin;

import org.jspecify.annotations.NullMarked;
