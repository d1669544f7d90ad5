package io.larder.server.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Disk;
import io.larder.platform.Disks;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.store.binlog.Binlog;
import io.larder.store.intent.IntentJournal;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A journal of intents as a killed process leaves it.
class IntentsDumpTest {
  private static final String NAME = "M00/00/00/Ck0eAmsCnVuEJyJEAAAAAKaEx8Y317.log";

  @TempDir Path folder;

  @Test
  void changesThatAreUnderWayAreShown() throws IOException {
    Files.createDirectories(folder.resolve("data/.larder/intents"));
    Files.createDirectories(folder.resolve("data/sync"));
    Disk disk = Disks.choose(Disks.Form.BEST).disk();
    int data = disk.openDirectory(folder.resolve("data"));
    int sync = disk.openDirectory(folder.resolve("data/sync"));
    Binlog binlog = Binlog.open(disk, sync, Optional.empty());
    IntentJournal journal = new IntentJournal(disk, data, "0", binlog);
    journal.add(new BinlogRecord.Append(NAME, 10, 4), Unpooled.wrappedBuffer(new byte[4]));
    journal.add(new BinlogRecord.Modify(NAME, 0, 5), ".larder/staging/7");
    assertThat(journal.write(false)).isZero();

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.ISO_8859_1);
    new VarsDump(disk, new DumpOutput(out, false)).dump(folder);

    assertThat(bytes.toString(StandardCharsets.ISO_8859_1))
        .contains(
            "0.a: a journal of intents",
            "  open: 2",
            "    1: A " + NAME + ", noted at binlog file 0 offset 0",
            "    2: M " + NAME + ", noted at binlog file 0 offset 0, bytes in .larder/staging/7");
    journal.close();
    binlog.close();
    disk.close(sync);
    disk.close(data);
  }
}
