package io.larder.conformance.kill;

import io.larder.conformance.kill.KnownFile.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/// The operations of one client, drawn from a seed: each is written into the journal before it is sent and again when it is
/// answered. The client changes its own files only, so that it always knows what they are.
final class Workload {
  /// Beyond so many files of a client more are deleted than made.
  private static final int FILES_MAX = 40;

  private static final int APPENDER_MAX = 1_500_000;
  private static final int STORE_PATHS = 2;

  /// Empty; in a slot; on both sides of what goes to a slot; in one buffer; streamed.
  private static final int[] SIZES = {
    0, 1, 300, 300, 5_000, 5_000, 40_000, 65_512, 65_513, 200_000, 300_000, 1_400_000
  };

  private static final String[] EXTENSIONS = {"bin", "txt", "jpeg", ""};
  private static final String[] LEVELS = {"none", "group", "each"};
  private static final String[] PREFIXES = {"_a", "_b", "-big"};

  private final Journal journal;
  private final Node node;
  private final Random random;
  private final Tally tally;

  Workload(Journal journal, Node node, Random random, Tally tally) {
    this.journal = journal;
    this.node = node;
    this.random = random;
    this.tally = tally;
  }

  private interface Operation {
    void run() throws IOException;
  }

  /// One operation from its entry in the journal to its answer.
  ///
  /// @throws IOException when it was not answered
  void step() throws IOException {
    int roll = random.nextInt(100);
    if (journal.files().size() > FILES_MAX && roll < 60) {
      delete();
    } else if (roll < 20) {
      upload();
    } else if (roll < 32) {
      webUpload();
    } else if (roll < 40) {
      uploadAppender();
    } else {
      changeOrUpload(roll);
    }
  }

  private void changeOrUpload(int roll) throws IOException {
    if (roll < 50) {
      with(KnownFile::isChangeable, this::append);
    } else if (roll < 58) {
      with(KnownFile::isChangeable, this::modify);
    } else if (roll < 63) {
      with(KnownFile::isChangeable, this::truncate);
    } else if (roll < 67) {
      with(Workload::canBecomePlain, this::regenerate);
    } else if (roll < 73) {
      with(file -> file.kind() == Kind.PLAIN || file.kind() == Kind.APPENDER, this::uploadSlave);
    } else if (roll < 79) {
      with(_ -> true, this::replaceMetadata);
    } else if (roll < 85) {
      with(_ -> true, this::mergeMetadata);
    } else if (roll < 89) {
      with(file -> file.kind() == Kind.PLAIN, this::createLink);
    } else {
      delete();
    }
  }

  private interface Change {
    void of(KnownFile file) throws IOException;
  }

  private void with(Predicate<KnownFile> suitable, Change change) throws IOException {
    Optional<KnownFile> file = any(suitable);
    if (file.isPresent()) {
      change.of(file.get());
    } else {
      upload();
    }
  }

  private Optional<KnownFile> any(Predicate<KnownFile> suitable) {
    List<KnownFile> all = journal.files().stream().filter(suitable).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  private void upload() throws IOException {
    byte[] content = bytes();
    Birth birth = journal.announce(Kind.PLAIN, content, Optional.empty());
    KnownFile file = journal.born(birth, node.upload(storePath(), content, extension()));
    tally.count(file.isPacked() ? "upload packed" : "upload");
  }

  private void webUpload() throws IOException {
    byte[] content = bytes();
    Birth birth = journal.announce(Kind.PLAIN, content, Optional.empty());
    KnownFile file = journal.born(birth, node.webUpload(content, EXTENSIONS[0], level()));
    tally.count(file.isPacked() ? "HTTP upload packed" : "HTTP upload");
  }

  private void uploadAppender() throws IOException {
    byte[] content = bytes();
    Birth birth = journal.announce(Kind.APPENDER, content, Optional.empty());
    journal.born(birth, node.uploadAppender(storePath(), content, extension()));
    tally.count("upload appender");
  }

  private void append(KnownFile file) throws IOException {
    byte[] before = file.now().content();
    byte[] more = someBytes();
    if (before.length + more.length > APPENDER_MAX) {
      truncate(file);
      return;
    }
    byte[] after = Arrays.copyOf(before, before.length + more.length);
    System.arraycopy(more, 0, after, before.length, more.length);
    change("append", file, file.now().withContent(after), () -> node.append(file.name(), more));
  }

  private void modify(KnownFile file) throws IOException {
    byte[] before = file.now().content();
    byte[] bytes = someBytes();
    int offset = random.nextInt(before.length + 1);
    if (offset + bytes.length > APPENDER_MAX) {
      truncate(file);
      return;
    }
    byte[] after = Arrays.copyOf(before, Math.max(before.length, offset + bytes.length));
    System.arraycopy(bytes, 0, after, offset, bytes.length);
    change(
        "modify",
        file,
        file.now().withContent(after),
        () -> node.modify(file.name(), offset, bytes));
  }

  private void truncate(KnownFile file) throws IOException {
    byte[] before = file.now().content();
    int size = random.nextInt(4) == 0 ? before.length + 7_000 : random.nextInt(before.length + 1);
    byte[] after = Arrays.copyOf(before, size);
    change("truncate", file, file.now().withContent(after), () -> node.truncate(file.name(), size));
  }

  /// Metadata keep the old name, so only files without are taken.
  private static boolean canBecomePlain(KnownFile file) {
    return file.kind() == Kind.APPENDER && file.now().metadata().isEmpty();
  }

  private void regenerate(KnownFile appender) throws IOException {
    Birth birth = journal.announce(Kind.PLAIN, appender.now().content(), Optional.of(appender));
    appender.begins("regenerate", Version.GONE);
    String name = node.regenerate(appender.name());
    appender.acknowledged();
    journal.forget(appender);
    journal.born(birth, name);
    tally.count("regenerate");
  }

  private void uploadSlave(KnownFile master) throws IOException {
    String prefix = PREFIXES[random.nextInt(PREFIXES.length)];
    String extension = EXTENSIONS[random.nextInt(3)];
    String name = stem(master.name()) + prefix + "." + extension;
    if (journal.knows(name)) {
      upload();
      return;
    }
    byte[] content = bytes();
    KnownFile slave = journal.announceNamed(name, Kind.SLAVE, content);
    String told = node.uploadSlave(master.name(), prefix, extension, content);
    if (!told.equals(name)) {
      throw new AssertionError("slave " + name + " was called " + told);
    }
    slave.acknowledged();
    tally.count("upload slave");
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private void createLink(KnownFile source) throws IOException {
    Birth birth = journal.announce(Kind.LINK, source.now().content(), Optional.of(source));
    Optional<String> name = node.createLink(source, extension());
    if (name.isEmpty()) {
      journal.refused(birth);
      tally.count("link refused");
      return;
    }
    KnownFile link = journal.born(birth, name.get());
    tally.count(link.isPacked() ? "link packed" : "link");
  }

  private void replaceMetadata(KnownFile file) throws IOException {
    Map<String, String> metadata = random.nextInt(6) == 0 ? Map.of() : metadata();
    if (metadata.equals(file.now().metadata())) {
      mergeMetadata(file);
      return;
    }
    change(
        "replace metadata",
        file,
        file.now().withMetadata(metadata),
        () -> node.setMetadata(file.name(), 'O', metadata));
  }

  private void mergeMetadata(KnownFile file) throws IOException {
    Map<String, String> more = metadata();
    Map<String, String> after = new HashMap<>(file.now().metadata());
    after.putAll(more);
    change(
        "merge metadata",
        file,
        file.now().withMetadata(after),
        () -> node.setMetadata(file.name(), 'M', more));
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new HashMap<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      metadata.put("name" + random.nextInt(8), "v".repeat(random.nextInt(200)) + random.nextInt());
    }
    return metadata;
  }

  /// A link that leads to a deleted file cannot be read, so links go first.
  private void delete() throws IOException {
    Optional<KnownFile> any = any(file -> true);
    if (any.isEmpty()) {
      upload();
      return;
    }
    KnownFile file = any(link -> link.source().equals(any)).orElse(any.get());
    boolean overHttp = random.nextInt(3) == 0;
    file.begins("delete", Version.GONE);
    if (overHttp) {
      node.webDelete(file.name(), level());
    } else {
      node.delete(file.name());
    }
    file.acknowledged();
    journal.forget(file);
    tally.count(
        "delete " + (file.isPacked() ? "packed" : file.kind().name().toLowerCase(Locale.ROOT)));
  }

  private void change(String what, KnownFile file, Version after, Operation operation)
      throws IOException {
    file.begins(what, after);
    operation.run();
    file.acknowledged();
    tally.count(what);
  }

  private byte[] bytes() {
    byte[] content = new byte[SIZES[random.nextInt(SIZES.length)]];
    random.nextBytes(content);
    return content;
  }

  private byte[] someBytes() {
    byte[] content = bytes();
    return content.length == 0 ? new byte[] {1} : content;
  }

  private int storePath() {
    return random.nextInt(STORE_PATHS + 1) - 1;
  }

  private String extension() {
    return EXTENSIONS[random.nextInt(EXTENSIONS.length)];
  }

  private String level() {
    return LEVELS[random.nextInt(LEVELS.length)];
  }
}
