/// What is about to be changed in place, written down before it is done: so that the next start can finish it when the
/// process or the machine ends in the middle. Knows files and records, nothing of jobs and threads.
@NullMarked
package io.larder.store.intent;

import org.jspecify.annotations.NullMarked;
