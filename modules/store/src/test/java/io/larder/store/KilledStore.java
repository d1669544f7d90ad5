package io.larder.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;

/// A process of its own that stores and deletes files until it is killed, telling each acknowledgement on its output:
/// `+ name number` stored, `? name` about to be deleted, `- name` deleted.
final class KilledStore {
  private static final int CLIENTS = 8;
  private static final int CONTENT_BYTES = 3000;

  private final StoreRig rig;
  private final PrintStream journal;

  private KilledStore(StoreRig rig, PrintStream journal) {
    this.rig = rig;
    this.journal = journal;
  }

  public static void main(String[] arguments) {
    StoreRig rig = StoreRig.open(Path.of(arguments[0]), StoreRig.disk(), 2);
    KilledStore killed = new KilledStore(rig, System.out);
    for (int client = 0; client < CLIENTS; client++) {
      int number = client;
      Thread.ofPlatform().start(() -> killed.work(number));
    }
  }

  /// The content of a file by its number.
  static String content(int number) {
    return (number + ",").repeat(CONTENT_BYTES / (Integer.toString(number).length() + 1));
  }

  private void work(int client) {
    Queue<String> stored = new ArrayDeque<>();
    for (int i = 0; ; i++) {
      int number = client + CLIENTS * i;
      String name = rig.stored(StoreRig.plain(), content(number));
      say("+ " + name + " " + number);
      stored.add(name);
      if (i % 2 == 1) {
        String old = stored.remove();
        say("? " + old);
        rig.delete(old);
        say("- " + old);
      }
    }
  }

  /// One line by one write, so that a kill tears none in the middle of another.
  private synchronized void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
    journal.write(bytes, 0, bytes.length);
    journal.flush();
  }
}
