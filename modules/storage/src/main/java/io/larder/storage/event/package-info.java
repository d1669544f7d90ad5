/// What the storage role tells on the event bus of its node: the addresses and the form of the messages. At most once, so
/// nothing that must not be lost travels here.
@NullMarked
package io.larder.storage.event;

import org.jspecify.annotations.NullMarked;
