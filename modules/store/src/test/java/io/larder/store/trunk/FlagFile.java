package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.SmallFile;
import io.larder.protocol.disk.DataInitFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// An identity that lies where it belongs, as the store keeps it.
final class FlagFile implements InitFlag, AutoCloseable {
  private static final String NEW =
      "storage_join_time=1795333634\nsync_old_done=1\nsync_src_server=\n";

  private final Disk disk;
  private final int handle;
  private final SmallFile file;
  private DataInitFlag flag; // guarded by this
  private Consumer<DataInitFlag> listener = changed -> {};

  FlagFile(Disk disk, Path data) throws IOException {
    this.disk = disk;
    handle = DiskException.check(disk.openDirectory(data), "data");
    file = new SmallFile(disk, handle, ".data_init_flag");
    byte[] content = file.read(4096).orElse(NEW.getBytes(StandardCharsets.US_ASCII));
    flag = DataInitFlag.parse(new String(content, StandardCharsets.US_ASCII));
  }

  /// Tells every change once it is on disk.
  void listen(Consumer<DataInitFlag> newListener) {
    listener = newListener;
  }

  @Override
  public synchronized DataInitFlag read() {
    return flag;
  }

  @Override
  public synchronized void change(UnaryOperator<DataInitFlag> change) throws IOException {
    DataInitFlag changed = change.apply(flag);
    file.replace(changed.text().getBytes(StandardCharsets.US_ASCII));
    flag = changed;
    listener.accept(changed);
  }

  @Override
  public void close() {
    disk.close(handle);
  }
}
