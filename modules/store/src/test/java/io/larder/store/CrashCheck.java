package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.DiskException;
import io.larder.platform.OpenFlags;
import io.larder.platform.PathNames;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.scrub.SlotWalk;
import io.larder.store.scrub.SlotWindow;
import io.larder.store.scrub.Span;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// Compares a store that was opened again with what the client knows.
final class CrashCheck {
  private static final int MORE_PACKED = 20;
  private static final Pattern TRUNK_FILE = Pattern.compile("00/00/\\d{6}");

  private final CrashRig crash;
  private final StoreRig rig;
  private final CrashTruth truth;
  private final boolean powerLost;
  private final String story;

  CrashCheck(CrashRig crash, StoreRig rig, CrashTruth truth, boolean powerLost, String story) {
    this.crash = crash;
    this.rig = rig;
    this.truth = truth;
    this.powerLost = powerLost;
    this.story = story;
  }

  void run() {
    checkFiles();
    checkBinlog();
    checkVisible();
    try {
      checkSlots();
    } catch (DiskException e) {
      throw new AssertionError(story, e);
    }
    assertThat(crash.leftovers()).as("%s: leftovers", story).isEmpty();
    goOn();
    checkFiles();
  }

  private void checkFiles() {
    for (Map.Entry<String, CrashTruth.Entry> file : truth.files().entrySet()) {
      check(file.getKey(), file.getValue(), found(rig.read(file.getKey())), "file");
    }
    for (Map.Entry<String, CrashTruth.Entry> items : truth.metadata().entrySet()) {
      Asked.Items answer = rig.metadata(items.getKey());
      String text = answer.status() == 0 ? answer.text() : found("status " + answer.status());
      check(items.getKey(), items.getValue(), text, "metadata");
    }
  }

  /// Whatever is stored from now on harms nothing of what was there.
  private void goOn() {
    int more = crash.packs() ? MORE_PACKED : 1;
    for (int i = 0; i < more; i++) {
      String content = "afterwards ".repeat(1 + i * i);
      assertThat(rig.read(rig.stored(StoreRig.plain(), content))).as(story).isEqualTo(content);
    }
  }

  private static String found(String answer) {
    return answer.equals("status 2") ? CrashTruth.GONE : answer;
  }

  private void check(String name, CrashTruth.Entry entry, String text, String what) {
    boolean right = entry.allowed().contains(text);
    if (!right && powerLost && !entry.isPromised()) {
      right = isMixOf(entry.seen(), text);
    }
    if (!right) {
      throw new AssertionError(
          "%s: %s %s is %s, allowed: %s"
              .formatted(
                  story,
                  what,
                  name,
                  shortened(text),
                  entry.allowed().stream().map(CrashCheck::shortened).toList()));
    }
  }

  /// What a power cut may make of a file whose last changes were not promised: gone, or every byte one that it was to
  /// have there at some time, or a zero that was never written over.
  private static boolean isMixOf(List<String> contents, String text) {
    if (text.equals(CrashTruth.GONE)) {
      return contents.contains(CrashTruth.GONE);
    }
    for (int i = 0; i < text.length(); i++) {
      char found = text.charAt(i);
      boolean known = found == 0;
      for (String content : contents) {
        known |=
            i < content.length() && !content.equals(CrashTruth.GONE) && content.charAt(i) == found;
      }
      if (!known) {
        return false;
      }
    }
    return text.length() <= contents.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String shortened(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return "'" + shown.replace('\0', '0') + "' (" + text.length() + " bytes)";
  }

  /// Every line is a record, and of what was promised the last one fits.
  private void checkBinlog() {
    boolean lossAllowed = powerLost;
    String text = crash.binlog();
    assertThat(text.isEmpty() || text.endsWith("\n"))
        .as("%s: binlog ends in a line", story)
        .isTrue();
    for (String line : text.lines().toList()) {
      try {
        BinlogRecord.parse(line);
      } catch (MalformedException e) {
        throw new AssertionError(story + ": binlog has '" + line + "'", e);
      }
    }
    truth
        .files()
        .forEach((name, entry) -> {
          boolean certain = entry.allowed().size() == 1 && (entry.isPromised() || !lossAllowed);
          if (certain && !entry.allowed().getFirst().equals(CrashTruth.GONE)) {
            assertThat(text).as("%s: record of %s", story, name).contains(" " + name);
          }
        });
  }

  /// No name leads to a file that is not whole: what the name says of size and CRC is true.
  private void checkVisible() {
    for (String trueName : crash.files()) {
      Optional<FileFacts> facts = FileFacts.of(LogicalName.parse("M00/" + trueName));
      boolean plain = facts.isPresent() && facts.get().kind() == FileFacts.Kind.PLAIN;
      CrashTruth.Entry known = truth.files().get("M00/" + trueName);
      boolean promised = !powerLost || (known == null ? truth.isPromised() : known.isPromised());
      if (plain && promised && !isLink(trueName)) {
        byte[] content = crash.content(trueName);
        CRC32 crc = new CRC32();
        crc.update(content);
        assertThat(facts.get().size()).as("%s: %s", story, trueName).hasValue(content.length);
        assertThat(facts.get().crc32())
            .as("%s: CRC of %s", story, trueName)
            .isEqualTo((int) crc.getValue());
      }
    }
  }

  /// No slot has a header that says something else than what follows it.
  private void checkSlots() throws DiskException {
    if (powerLost && !truth.isPromised()) {
      return;
    }
    int base = crash.memory.openDirectory(CrashRig.BASE.resolve("p0/data"));
    for (String trunkFile : crash.files()) {
      if (TRUNK_FILE.matcher(trunkFile).matches()) {
        int handle = crash.memory.open(base, trunkFile, OpenFlags.READ, 0);
        try (SlotWindow window = new SlotWindow(crash.memory, handle, trunkFile, _ -> {})) {
          Iterator<Span> blocks = Collections.emptyIterator();
          new SlotWalk(window, blocks, Collections.emptyIterator(), new Whole(window)).walk();
        }
        crash.memory.close(handle);
      }
    }
    crash.memory.close(base);
  }

  /// Compares the content of each slot with its header.
  private final class Whole implements SlotWalk.Visitor {
    private final SlotWindow window;

    Whole(SlotWindow window) {
      this.window = window;
    }

    @Override
    public void slot(Span at, TrunkSlotHeader header, List<LogicalName> names)
        throws DiskException {
      if (header.type() == TrunkSlotHeader.FILE) {
        assertThat(window.crc32(at.offset() + TrunkSlotHeader.SIZE, header.fileSize()))
            .as("%s: CRC of the slot at %s", story, at)
            .isEqualTo(header.crc32());
      }
    }

    @Override
    public void free(Span at) {}

    @Override
    public void gap(Span at) {}

    @Override
    public void overlap(Span one, Span other, SlotWalk.Conflict conflict) {}
  }

  private boolean isLink(String trueName) {
    StringBuilder target = new StringBuilder();
    int directory = crash.memory.openDirectory(CrashRig.BASE.resolve("p0/data"));
    int result = crash.memory.readLink(directory, PathNames.bytesOf(trueName), target);
    crash.memory.close(directory);
    return result >= 0;
  }
}
