/// Space in trunk files: who hands out the slots of small files, and the free-space log that every node of the group
/// keeps. Pure rules of free space and lots, the log with its snapshot and compaction, the making of trunk files, and
/// what a start gives back and takes back after a crash. Nothing here writes the content of a slot.
@NullMarked
package io.larder.store.trunk;

import org.jspecify.annotations.NullMarked;
