package io.larder.conformance.kill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What must hold in the folder while no process runs on it, whenever it was killed: what is half-written in trunk files lies in
/// space that is noted as being written, what was acknowledged is whole, and no reading of the free space touches a slot in use.
///
/// @param slots slots in use
/// @param freeBytes by the log; 0 when it was not to be read just then
/// @param problems what is wrong
record DeadFolder(int slots, long freeBytes, List<String> problems) {
  /// Looks at the folder.
  ///
  /// @param since epoch second before which nothing was written
  static DeadFolder look(NodeFolder folder, Collection<Journal> journals, long since)
      throws IOException {
    List<String> problems = new ArrayList<>();
    Slots slots = Slots.in(folder, since);
    List<Block> lots = folder.lots();
    slots.torn().stream()
        .filter(slot -> lots.stream().noneMatch(lot -> lot.holds(slot)))
        .forEach(slot -> problems.add("half-written slot outside of lots: " + slot));
    Set<Block> found = new HashSet<>(slots.found());
    Map<Block, String> used = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    found.forEach(slot -> used.put(slot, "found"));
    for (Journal journal : journals) {
      for (KnownFile file : journal.files()) {
        if (file.isPacked() && !file.isInDoubt()) {
          Block slot = Block.of(file.name());
          if (!found.contains(slot)) {
            problems.add("acknowledged, and its slot has no whole file: " + file);
          }
          used.put(slot, file.toString());
        }
      }
    }
    long freeBytes = 0;
    for (FreeBlocks free : FreeBlocks.readings(folder)) {
      used.forEach((slot, what) ->
          free.overlapping(slot)
              .ifPresent(
                  block -> problems.add(block + " is free and overlaps " + slot + " " + what)));
      freeBytes = free.bytes();
    }
    return new DeadFolder(found.size(), freeBytes, problems);
  }
}
