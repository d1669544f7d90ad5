/// Tests of what the storage role tells on the event bus.
@NullMarked
package io.larder.storage.event;

import org.jspecify.annotations.NullMarked;
