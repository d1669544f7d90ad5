/// Tests of the reporter: its rules alone, and its links against trackers that answer by a script.
@NullMarked
package io.larder.storage.report;

import org.jspecify.annotations.NullMarked;
