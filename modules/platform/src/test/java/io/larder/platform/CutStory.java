package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A history of changes and syncs on a [MemoryDisk], told a second time in the simplest form: whole contents and what each
/// name stood for, since the last sync. After a cut it says what may be there.
final class CutStory {
  private static final int BLOCK = 4096;
  private static final int SECTOR = 512;
  private static final String[] DIRECTORIES = {".", "d"};
  private static final String[] PLACES = {"a", "b", "c", "d/a", "d/b", "d/c"};

  /// A file: every content it had since its last sync, the durable one first.
  private static final class Story {
    private final MemoryNode node;
    private final int handle;
    private final List<byte[]> contents = new ArrayList<>();
    private boolean linked;

    Story(MemoryNode node, int handle, byte[] content) {
      this.node = node;
      this.handle = handle;
      contents.add(content);
    }

    void settle() {
      contents.subList(0, contents.size() - 1).clear();
    }
  }

  private final MemoryRig rig = new MemoryRig();
  private final Map<MemoryNode, Story> stories = new HashMap<>();

  /// What each name stood for since its directory was synced, the durable first; `null` for nothing.
  private final Map<String, List<@Nullable Story>> names = new LinkedHashMap<>();

  private int writes;

  CutStory() {
    rig.directory("d");
    rig.syncFileSystem();
    begin();
  }

  // ---- what happens

  /// Lets something happen.
  ///
  /// @param choice any number of 0 or more
  void step(int choice) {
    int detail = choice / 16;
    String place = PLACES[detail % PLACES.length];
    String other = PLACES[detail / PLACES.length % PLACES.length];
    Story story = at(place);
    if (story == null) {
      create(place);
      return;
    }
    switch (choice % 16) {
      case 0, 1, 2, 3 -> write(story, detail);
      case 4 -> truncate(story, detail / 3 % 10_000);
      case 5 -> {
        rig.sync(story.handle);
        story.settle();
      }
      case 6 -> {
        rig.disk.syncData(story.handle);
        story.settle();
      }
      case 7 -> {
        rig.unlink(place);
        note(place, null);
      }
      case 8, 9, 10 -> rename(story, place, other);
      case 11 -> link(story, place, other);
      case 12, 13 -> syncDirectory(DIRECTORIES[detail % 2]);
      case 14 -> syncAll(detail);
      default -> create(other);
    }
  }

  private @Nullable Story at(String place) {
    return names.getOrDefault(place, List.of()).getLast();
  }

  private void note(String place, @Nullable Story story) {
    names.getOrDefault(place, new ArrayList<>()).add(story);
  }

  private void create(String place) {
    if (at(place) == null) {
      int handle = rig.file(place);
      MemoryNode node = rig.disk.node(MemoryRig.FOLDER.resolve(place));
      Story story = new Story(node, handle, new byte[0]);
      stories.put(node, story);
      note(place, story);
    }
  }

  private void write(Story story, int detail) {
    int position = detail % 9_000;
    int length = 1 + detail / 5 % 5_000;
    String text = Character.toString('A' + writes++ % 60).repeat(length);
    rig.write(story.handle, position, text);
    byte[] old = story.contents.getLast();
    byte[] content = Arrays.copyOf(old, Math.max(old.length, position + length));
    System.arraycopy(text.getBytes(StandardCharsets.ISO_8859_1), 0, content, position, length);
    story.contents.add(content);
  }

  private void truncate(Story story, int size) {
    assertThat(rig.disk.truncate(story.handle, size)).isZero();
    story.contents.add(Arrays.copyOf(story.contents.getLast(), size));
  }

  private void rename(Story story, String from, String to) {
    rig.rename(from, to);
    if (at(to) != story) {
      note(from, null);
      note(to, story);
    }
  }

  private void link(Story story, String from, String to) {
    if (at(to) == null) {
      rig.link(from, to);
      story.linked = true;
      note(to, story);
    }
  }

  private void syncDirectory(String directory) {
    rig.syncDirectory(directory);
    names.forEach((place, stood) -> {
      if (place.startsWith("d/") == directory.equals("d")) {
        stood.subList(0, stood.size() - 1).clear();
      }
    });
  }

  private void syncAll(int detail) {
    if (detail % 4 == 0) {
      rig.syncFileSystem();
      stories.values().forEach(Story::settle);
      names.values().forEach(stood -> stood.subList(0, stood.size() - 1).clear());
    }
  }

  // ---- the cut

  /// Cuts the power, checks what is left, and goes on from there.
  void cut(PowerCut choice) {
    rig.cut(choice);
    Set<MemoryNode> seen = new HashSet<>();
    names.forEach((place, stood) -> {
      Story found = rig.exists(place) ? stories.get(node(place)) : null;
      assertThat(stood).as("what %s stands for", place).contains(found);
      if (found != null) {
        assertThat(seen.add(found.node) || found.linked).as("%s has one name", place).isTrue();
        checkContent(place, found);
      }
    });
    assertThat(names.keySet()).containsAll(rig.files());
    begin();
  }

  /// Checks that the cut left what was synced, and nothing of what was written later.
  void cutKeepingNothing() {
    Map<MemoryNode, byte[]> durable = new HashMap<>();
    stories.forEach((node, story) -> durable.put(node, story.contents.getFirst()));
    rig.cut(PowerCut.NOTHING_UNSYNCED_KEPT);
    names.forEach((place, stood) -> {
      Story found = rig.exists(place) ? stories.get(node(place)) : null;
      assertThat(stood).as("what %s stands for", place).contains(found);
      if (found != null) {
        assertThat(rig.content(place).getBytes(StandardCharsets.ISO_8859_1))
            .as("content of %s", place)
            .isEqualTo(durable.get(found.node));
      }
    });
    begin();
  }

  /// Checks that the cut kept exactly what was there last.
  void cutKeepingAll() {
    rig.cut(PowerCut.EVERYTHING_KEPT);
    names.forEach((place, stood) -> {
      Story last = stood.getLast();
      assertThat(rig.exists(place)).isEqualTo(last != null);
      if (last != null) {
        assertThat(rig.content(place).getBytes(StandardCharsets.ISO_8859_1))
            .isEqualTo(last.contents.getLast());
      }
    });
    begin();
  }

  private MemoryNode node(String place) {
    return rig.disk.node(MemoryRig.FOLDER.resolve(place));
  }

  /// Begins anew with what is there.
  private void begin() {
    stories.clear();
    names.clear();
    for (String place : PLACES) {
      Story story = null;
      if (rig.exists(place)) {
        byte[] content = rig.content(place).getBytes(StandardCharsets.ISO_8859_1);
        Story seen = stories.get(node(place));
        story = seen == null ? new Story(node(place), rig.file(place), content) : seen;
        story.linked = seen != null;
        stories.put(story.node, story);
      }
      List<@Nullable Story> stood = new ArrayList<>();
      stood.add(story);
      names.put(place, stood);
    }
  }

  private void checkContent(String place, Story story) {
    byte[] found = rig.content(place).getBytes(StandardCharsets.ISO_8859_1);
    if (story.contents.size() == 1) {
      assertThat(found).as("%s was synced", place).isEqualTo(story.contents.getFirst());
    }
    assertThat(story.contents.stream().map(content -> content.length))
        .as("size of %s", place)
        .contains(found.length);
    for (int at = 0; at < found.length; at += BLOCK) {
      int end = Math.min(found.length, at + BLOCK);
      assertThat(isExplained(found, at, end, story.contents))
          .as("block of %s at %s", place, at)
          .isTrue();
    }
  }

  /// Whether a block is one of its contents, or the beginning of one and the end of an older one.
  private static boolean isExplained(byte[] found, int from, int to, List<byte[]> contents) {
    for (int newer = 0; newer < contents.size(); newer++) {
      int same = sameUntil(found, from, to, contents.get(newer));
      if (same == to) {
        return true;
      }
      int tear = from + (same - from) / SECTOR * SECTOR;
      for (byte[] older : contents.subList(0, newer)) {
        for (int at = tear; at > from; at -= SECTOR) {
          if (sameUntil(found, at, to, older) == to) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Up to where a part is the same; behind the end of a content there are zeros.
  private static int sameUntil(byte[] found, int from, int to, byte[] content) {
    for (int i = from; i < to; i++) {
      if (found[i] != (i < content.length ? content[i] : 0)) {
        return i;
      }
    }
    return to;
  }
}
