package io.larder.protocol.sample;

import io.larder.protocol.disk.DataInitFlag;
import io.larder.protocol.disk.StorePathMark;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/// A recorded data directory of a C storage as that storage had it: what the recording left out (empty directories, the
/// rest of the trunk file, one large file, one symbolic link, the names in a broken line) is put back, and the marks of
/// peers that do not exist are left out.
///
/// @param base the base path
/// @param store the store path
public record SampleDataFolder(Path base, Path store) {
  /// A file that is in the directory of the sample without trunk files.
  public static final String PLAIN = "00/00/Ck0eAmsCnZ-AKei3AAAAC1FC64w697.txt";

  /// A file of no bytes.
  public static final String EMPTY = "00/00/Ck0eAmsCnW2AX4sLAAAAAAAAAAA910.txt";

  /// An appender that got a plain name.
  public static final String RENAMED = "00/00/Ck0eAmsCnWWAP1KpAAAACIyU-RU317.log";

  /// A symbolic link, and what it leads to.
  public static final String LINK = "00/00/Ck0eAmsCnZyAcqzjAAAADAnHhVs077.txt";

  /// What the link leads to.
  public static final String LINKED = "00/00/Ck0eAmsCnZqAWG4UAAAADPOSdaM285.txt";

  /// The trunk file of the sample with trunk files.
  public static final String TRUNK_FILE = "00/00/000001";

  /// A slave of a file in it.
  public static final String SLAVE =
      "00/00/Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333-small.bin";

  /// Metadata of a file in it.
  public static final String METADATA =
      "00/00/Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333.bin-m";

  /// An appender.
  public static final String APPENDER = "00/00/Ck0eAmsCnjeEf00SAAAAAMlucM8181.log";

  /// A plain file beside the trunk file, of a MiB and a byte.
  public static final String LARGE = "00/00/Ck0eAmsCnjaAKB8PABAAAdlfexI057.bin";

  private static final int SUBDIRS = 4;
  private static final long TRUNK_FILE_BYTES = 64L << 20;
  private static final String BROKEN_LINE = "1795333693 l \n";
  private static final String WHOLE_LINE =
      "1795333693 l M00/00/00/Ck0eA2sCnj2IXl0lAAAAPHWOg3kAAAAAQAACQAAAAEA260.txt"
          + " M00/00/00/Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333.bin\n";
  private static final List<String> BASE =
      List.of(".data_init_flag", "storage_stat.dat", "sync/binlog.000", "sync/binlog_index.dat");

  /// The sample without trunk files.
  public static SampleDataFolder plain(Path target) {
    SampleDataFolder folder = of(target);
    folder.copy("plain", BASE);
    folder.copyFiles(
        "plain",
        List.of(PLAIN, EMPTY, RENAMED, LINKED, "00/00/Ck0eA2sCnWyAQ0V0AAAAFt7gWr0301.txt"));
    folder.finish();
    try {
      Files.createSymbolicLink(folder.file(LINK), folder.file(LINKED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /// The sample with trunk files.
  public static SampleDataFolder trunk(Path target) {
    SampleDataFolder folder = of(target);
    folder.copy("trunk", BASE);
    folder.copy("trunk", List.of("trunk/binlog", "storage_trunk.dat"));
    folder.copyFiles(
        "trunk",
        List.of(TRUNK_FILE, SLAVE, METADATA, APPENDER, "00/00/Ck0eAmsCoRiEceYrAAAAAKaEx8Y844.log"));
    folder.finish();
    try (RandomAccessFile file = new RandomAccessFile(folder.file(TRUNK_FILE).toString(), "rw")) {
      file.setLength(TRUNK_FILE_BYTES);
      FileFacts large = FileFacts.of(LogicalName.parse("M00/" + LARGE)).orElseThrow();
      byte[] content = ForcedCrc.content((int) large.size().orElseThrow(), large.crc32());
      Files.write(folder.file(LARGE), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.replaceInLog(BROKEN_LINE, WHOLE_LINE);
    return folder;
  }

  private static SampleDataFolder of(Path target) {
    return new SampleDataFolder(target.resolve("base"), target.resolve("store0"));
  }

  /// A file of the store path.
  public Path file(String trueName) {
    return store.resolve("data").resolve(trueName);
  }

  /// A file below `data` of the base path.
  public Path ofBase(String name) {
    return base.resolve("data").resolve(name);
  }

  /// The sync binlog.
  public Path binlog() {
    return ofBase("sync/binlog.000");
  }

  /// Puts another text in place of one in the sync binlog.
  public void replaceInLog(String old, String text) {
    try {
      String log = Files.readString(binlog(), StandardCharsets.ISO_8859_1);
      if (!log.contains(old)) {
        throw new IllegalArgumentException("not in the log: " + old);
      }
      Files.writeString(binlog(), log.replace(old, text), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- making

  private void copy(String kind, List<String> files) {
    for (String file : files) {
      copy(kind + "/base/data/" + file, ofBase(file));
    }
  }

  private void copyFiles(String kind, List<String> trueNames) {
    for (String name : trueNames) {
      copy(kind + "/store0/data/" + name, file(name));
    }
  }

  private static void copy(String resource, Path to) {
    Path folder = to.getParent();
    try (InputStream in =
        SampleDataFolder.class.getResourceAsStream("/sample-datadir/" + resource)) {
      if (in == null || folder == null) {
        throw new IllegalArgumentException("no " + resource);
      }
      Files.createDirectories(folder);
      Files.write(to, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void finish() {
    try {
      for (int high = 0; high < SUBDIRS; high++) {
        for (int low = 0; low < SUBDIRS; low++) {
          Files.createDirectories(file("0" + high + "/0" + low));
        }
      }
      Path flagFile = ofBase(".data_init_flag");
      DataInitFlag flag = DataInitFlag.parse(Files.readString(flagFile));
      StorePathMark mark =
          StorePathMark.of(
              new StorePathMark.Owner(
                  flag.lastIpAddr(), flag.lastServerPort().orElseThrow(), 0, 1_795_333_399));
      TreeMap<Integer, String> marks = new TreeMap<>();
      marks.put(0, mark.mark());
      Files.writeString(flagFile, flag.withStorePathMarks(marks).text());
      Files.writeString(file(".fastdfs_vars"), mark.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
