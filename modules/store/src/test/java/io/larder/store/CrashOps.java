package io.larder.store;

import io.larder.protocol.Status;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.SlaveName;
import io.larder.protocol.fileid.SlavePrefix;
import java.util.Optional;

/// Every operation that changes something, on every kind of file, as one client does it.
///
/// The files it works on are made and durable before: a plain file and an appender with metadata each, a slave of both, a
/// link with a fresh name and one with a slave's.
enum CrashOps {
  UPLOAD,
  UPLOAD_EMPTY,
  UPLOAD_LARGE,
  UPLOAD_APPENDER,
  UPLOAD_SLAVE,
  UPLOAD_SLAVE_OF_APPENDER,
  APPEND,
  APPEND_LARGE,
  APPEND_TO_SLAVE,
  MODIFY_INSIDE,
  MODIFY_ACROSS_THE_END,
  MODIFY_LARGE,
  TRUNCATE_CUTTING,
  TRUNCATE_EXTENDING,
  REGENERATE,
  SET_METADATA_OF_A_SLAVE,
  REPLACE_METADATA,
  MERGE_METADATA,
  REMOVE_METADATA,
  LINK,
  LINK_WITH_A_SLAVES_NAME,
  DELETE,
  DELETE_APPENDER,
  DELETE_SLAVE,
  DELETE_LINK,
  DELETE_LINK_WITH_A_SLAVES_NAME;

  /// The files that are there before.
  static final class Files {
    String plain = "";
    String appender = "";
    String slave = "";
    String appenderSlave = "";
    String link = "";
    String slaveLink = "";
    String linked = "";
  }

  private static final String LARGE = "0123456789abcdef".repeat(12_000);
  private static final String OLD_ITEMS = "a\u0002old\u0001b\u0002old";

  /// Makes the files.
  static Files prepare(StoreRig rig, CrashTruth truth) {
    Files files = new Files();
    files.plain = made(truth, rig.stored(StoreRig.plain(), "plain content"), "plain content");
    String large = "appender content ".repeat(600);
    files.appender = made(truth, rig.stored(StoreRig.appender(), large), large);
    files.slave = made(truth, rig.slave(files.plain, "_s", "txt", "slave").name(), "slave");
    files.appenderSlave =
        made(truth, rig.slave(files.appender, "_s", "log", "appender's").name(), "appender's");
    files.link =
        made(truth, rig.link(files.plain, Optional.empty(), "", "txt").name(), "plain content");
    truth.link(files.link, files.plain);
    files.linked = made(truth, rig.stored(StoreRig.plain(), "linked"), "linked");
    files.slaveLink = rig.link(files.linked, Optional.of(files.linked), "_l", "txt").name();
    if (!files.slaveLink.isEmpty()) { // refused for a file in a slot
      made(truth, files.slaveLink, "linked");
      truth.link(files.slaveLink, files.linked);
    }
    for (String name : new String[] {files.plain, files.appender}) {
      rig.setMetadata(name, SetMetadata.Mode.OVERWRITE, OLD_ITEMS);
      truth.certainMetadata(name, OLD_ITEMS);
    }
    return files;
  }

  private static String made(CrashTruth truth, String name, String content) {
    truth.certain(name, content);
    return name;
  }

  /// Does it and notes what the client knows afterwards. On files that an earlier operation removed it does what a client
  /// would see done: nothing.
  void run(StoreRig rig, CrashTruth truth, Files files) {
    switch (this) {
      case UPLOAD -> stored(truth, rig.upload(StoreRig.plain(), "new content"), "new content");
      case UPLOAD_EMPTY -> stored(truth, rig.upload(StoreRig.plain(), ""), "");
      case UPLOAD_LARGE -> stored(truth, rig.uploadStreamed(StoreRig.plain(), LARGE), LARGE);
      case UPLOAD_APPENDER -> stored(truth, rig.upload(StoreRig.appender(), "log"), "log");
      case UPLOAD_SLAVE -> slave(rig, truth, files.plain, "txt");
      case UPLOAD_SLAVE_OF_APPENDER -> slave(rig, truth, files.appender, "log");
      case APPEND -> append(rig, truth, files.appender, "+more");
      case APPEND_LARGE -> append(rig, truth, files.appender, LARGE);
      case APPEND_TO_SLAVE -> append(rig, truth, files.appenderSlave, "+more");
      case MODIFY_INSIDE -> modify(rig, truth, files.appender, 5, "MODIFIED".repeat(900));
      case MODIFY_ACROSS_THE_END ->
          modify(rig, truth, files.appender, sizeOf(truth, files.appender) - 3, "ACROSS");
      case MODIFY_LARGE -> modify(rig, truth, files.appender, 7, LARGE);
      case TRUNCATE_CUTTING -> truncate(rig, truth, files.appender, 4);
      case TRUNCATE_EXTENDING ->
          truncate(rig, truth, files.appender, sizeOf(truth, files.appender) + 5000);
      case REGENERATE -> regenerate(rig, truth, files.appender);
      case SET_METADATA_OF_A_SLAVE -> metadata(rig, truth, files.slave, "x\u00021", "x\u00021");
      case REPLACE_METADATA -> metadata(rig, truth, files.plain, "c\u0002new", "c\u0002new");
      case MERGE_METADATA -> merge(rig, truth, files.appender);
      case REMOVE_METADATA -> metadata(rig, truth, files.plain, "", CrashTruth.GONE);
      case LINK -> link(rig, truth, files);
      case LINK_WITH_A_SLAVES_NAME -> slaveLink(rig, truth, files);
      case DELETE -> delete(rig, truth, files.plain);
      case DELETE_APPENDER -> delete(rig, truth, files.appender);
      case DELETE_SLAVE -> delete(rig, truth, files.slave);
      case DELETE_LINK -> delete(rig, truth, files.link);
      case DELETE_LINK_WITH_A_SLAVES_NAME -> {
        if (isThere(truth, files.slaveLink)) {
          gone(truth, files.linked, rig.delete(files.slaveLink).status() == 0);
        }
      }
    }
  }

  private static boolean isThere(CrashTruth truth, String name) {
    return truth.names().contains(name) && !truth.content(name).equals(CrashTruth.GONE);
  }

  private static int sizeOf(CrashTruth truth, String name) {
    return truth.content(name).length();
  }

  private static void stored(CrashTruth truth, Asked.Outcome outcome, String content) {
    if (outcome.status() == 0) {
      truth.file(outcome.name(), content, true);
    }
  }

  private static void slave(StoreRig rig, CrashTruth truth, String master, String extension) {
    if (isThere(truth, master)) {
      LogicalName name =
          SlaveName.of(StoreRig.name(master), SlavePrefix.of("_new"), Extension.of(extension));
      boolean again = truth.files().containsKey(name.text()) && isThere(truth, name.text());
      boolean done = rig.slave(master, "_new", extension, "new slave").status() == 0;
      if (!again) {
        truth.file(name.text(), "new slave", done);
      }
    }
  }

  private static void append(StoreRig rig, CrashTruth truth, String name, String bytes) {
    if (isThere(truth, name)) {
      boolean done = rig.changeAnySize(new ChangeHead.Append(StoreRig.name(name)), bytes);
      truth.change(name, content -> content + bytes, done);
    }
  }

  private static void modify(
      StoreRig rig, CrashTruth truth, String name, int offset, String bytes) {
    if (isThere(truth, name) && offset >= 0 && offset <= sizeOf(truth, name)) {
      ChangeHead head = new ChangeHead.Modify(StoreRig.name(name), offset);
      truth.change(
          name, content -> modified(content, offset, bytes), rig.changeAnySize(head, bytes));
    }
  }

  private static String modified(String content, int offset, String bytes) {
    StringBuilder after = new StringBuilder(content);
    if (offset <= content.length()) {
      after.replace(offset, Math.min(after.length(), offset + bytes.length()), bytes);
    }
    return after.toString();
  }

  private static void truncate(StoreRig rig, CrashTruth truth, String name, int size) {
    if (isThere(truth, name)) {
      truth.change(
          name, content -> truncated(content, size), rig.truncate(name, size).status() == 0);
    }
  }

  private static String truncated(String content, int size) {
    StringBuilder after = new StringBuilder(content);
    after.setLength(size);
    return after.toString();
  }

  private static void regenerate(StoreRig rig, CrashTruth truth, String name) {
    if (isThere(truth, name)) {
      Asked.Outcome outcome = rig.regenerate(name);
      if (outcome.status() == 0) {
        truth.rename(name, outcome.name());
      }
      gone(truth, name, outcome.status() == 0);
    }
  }

  private static void metadata(
      StoreRig rig, CrashTruth truth, String name, String items, String after) {
    if (isThere(truth, name)) {
      truth.metadata(
          name, after, rig.setMetadata(name, SetMetadata.Mode.OVERWRITE, items).status() == 0);
    }
  }

  private static void merge(StoreRig rig, CrashTruth truth, String name) {
    if (isThere(truth, name)) {
      boolean done =
          rig.setMetadata(name, SetMetadata.Mode.MERGE, "b\u0002new\u0001c\u0002new").status() == 0;
      truth.metadata(name, "a\u0002old\u0001b\u0002new\u0001c\u0002new", done);
    }
  }

  private static void link(StoreRig rig, CrashTruth truth, Files files) {
    if (isThere(truth, files.plain)) {
      Asked.Outcome outcome = rig.link(files.plain, Optional.empty(), "", "txt");
      truth.link(outcome.name(), files.plain);
      stored(truth, outcome, truth.content(files.plain));
    }
  }

  private static void slaveLink(StoreRig rig, CrashTruth truth, Files files) {
    if (isThere(truth, files.plain)) {
      LogicalName name =
          SlaveName.of(StoreRig.name(files.plain), SlavePrefix.of("_link"), Extension.of("txt"));
      boolean again = truth.files().containsKey(name.text()) && isThere(truth, name.text());
      Asked.Outcome outcome = rig.link(files.plain, Optional.of(files.plain), "_link", "txt");
      if (!again) {
        boolean refused = outcome.status() == Status.EINVAL; // a link to a slot
        if (!refused) {
          truth.link(name.text(), files.plain);
          truth.file(name.text(), truth.content(files.plain), outcome.status() == 0);
        }
      }
    }
  }

  private static void delete(StoreRig rig, CrashTruth truth, String name) {
    if (isThere(truth, name)) {
      gone(truth, name, rig.delete(name).status() == 0);
    }
  }

  /// With a file goes what is found through it: its metadata, and what links to it.
  private static void gone(CrashTruth truth, String name, boolean done) {
    truth.file(name, CrashTruth.GONE, done);
    if (truth.metadata().containsKey(name)) {
      truth.metadata(name, CrashTruth.GONE, done);
    }
    truth.linksTo(name).forEach(link -> truth.file(link, CrashTruth.GONE, done));
  }
}
