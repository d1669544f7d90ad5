package io.larder.conformance.client;

import com.github.tobato.fastdfs.domain.conn.ConnectionPoolConfig;
import com.github.tobato.fastdfs.domain.conn.FdfsConnectionManager;
import com.github.tobato.fastdfs.domain.conn.FdfsConnectionPool;
import com.github.tobato.fastdfs.domain.conn.PooledConnectionFactory;
import com.github.tobato.fastdfs.domain.conn.TrackerConnectionManager;
import com.github.tobato.fastdfs.domain.fdfs.FileInfo;
import com.github.tobato.fastdfs.domain.fdfs.GroupState;
import com.github.tobato.fastdfs.domain.fdfs.MetaData;
import com.github.tobato.fastdfs.domain.fdfs.StorageState;
import com.github.tobato.fastdfs.domain.fdfs.StorePath;
import com.github.tobato.fastdfs.domain.proto.storage.DownloadByteArray;
import com.github.tobato.fastdfs.exception.FdfsServerException;
import com.github.tobato.fastdfs.service.DefaultAppendFileStorageClient;
import com.github.tobato.fastdfs.service.DefaultFastFileStorageClient;
import com.github.tobato.fastdfs.service.DefaultTrackerClient;
import io.larder.conformance.servers.Target;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The client that Spring applications use. Keeps a pool of connections per server and asks each with ACTIVE_TEST before it is
/// used again; reads the whole body of an answer with one read.
public final class TobatoClient implements NativeClient {
  /// What stands in its row of the documents.
  public static final String COORDINATES = "com.github.tobato:fastdfs-client:1.27.2";

  private static final String OLD_RECORDS = "knows the records of FastDFS 5 only";
  private static final String NO_SUCH_CALL = "has no such call";
  private static final String CHECKS_FIRST = "refuses it itself";

  static final Map<Call, String> CANNOT_MAKE =
      Map.ofEntries(
          Map.entry(Call.REGENERATE, NO_SUCH_CALL),
          Map.entry(Call.TRUNCATE_TO_SIZE, "declares that many bytes more than it sends"),
          Map.entry(Call.LIST_GROUPS, OLD_RECORDS),
          Map.entry(Call.LIST_STORAGES, OLD_RECORDS),
          Map.entry(Call.ALL_STORES, NO_SUCH_CALL),
          Map.entry(Call.ALL_SOURCES, NO_SUCH_CALL),
          Map.entry(Call.NO_EXTENSION, CHECKS_FIRST),
          Map.entry(Call.NO_METADATA, CHECKS_FIRST),
          Map.entry(Call.BLANK_GROUP, CHECKS_FIRST));

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final FdfsConnectionPool pool;
  private final DefaultTrackerClient trackers = new DefaultTrackerClient();
  private final DefaultFastFileStorageClient files = new DefaultFastFileStorageClient();
  private final DefaultAppendFileStorageClient appenders = new DefaultAppendFileStorageClient();

  /// For this tracker.
  public TobatoClient(Target target) {
    this(target, TIMEOUT);
  }

  /// Wired as its Spring configuration wires it, waiting that long for an answer.
  public TobatoClient(Target target, Duration timeout) {
    PooledConnectionFactory connections = new PooledConnectionFactory();
    connections.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
    connections.setSoTimeout(Math.toIntExact(timeout.toMillis()));
    connections.setCharsetName("UTF-8");
    ConnectionPoolConfig limits = new ConnectionPoolConfig();
    limits.setJmxEnabled(false);
    pool = new FdfsConnectionPool(connections, limits);
    TrackerConnectionManager tracker = new TrackerConnectionManager(pool);
    tracker.setTrackerList(List.of(target.trackerText()));
    tracker.initTracker();
    inject(trackers, "trackerConnectionManager", tracker);
    files.setTrackerClientService(trackers);
    files.setConnectionManager(new FdfsConnectionManager(pool));
    appenders.setTrackerClientService(trackers);
    appenders.setConnectionManager(new FdfsConnectionManager(pool));
  }

  @Override
  public String coordinates() {
    return COORDINATES;
  }

  @Override
  public Map<Call, String> cannotMake() {
    return CANNOT_MAKE;
  }

  @Override
  public StoredFile upload(byte[] content, String extension) {
    return call(() -> stored(files.uploadFile(in(content), content.length, extension, Set.of())));
  }

  @Override
  public StoredFile uploadInto(String group, byte[] content, String extension) {
    return call(() -> stored(files.uploadFile(group, in(content), content.length, extension)));
  }

  @Override
  public StoredFile uploadWith(Map<String, String> metadata, byte[] content, String extension) {
    return call(
        () -> stored(files.uploadFile(in(content), content.length, extension, pairs(metadata))));
  }

  @Override
  public StoredFile uploadAppender(byte[] content, String extension) {
    return call(() -> {
      String group = trackers.getStoreStorage().getGroupName();
      return stored(appenders.uploadAppenderFile(group, in(content), content.length, extension));
    });
  }

  @Override
  public StoredFile uploadSlave(
      StoredFile master, String prefix, String extension, byte[] content) {
    return call(() ->
        stored(
            files.uploadSlaveFile(
                master.group(), master.name(), in(content), content.length, prefix, extension)));
  }

  @Override
  public void append(StoredFile file, byte[] more) {
    run(() -> appenders.appendFile(file.group(), file.name(), in(more), more.length));
  }

  @Override
  public void modify(StoredFile file, long offset, byte[] bytes) {
    run(() -> appenders.modifyFile(file.group(), file.name(), in(bytes), bytes.length, offset));
  }

  @Override
  public void truncate(StoredFile file, long size) {
    run(() -> appenders.truncateFile(file.group(), file.name(), size));
  }

  @Override
  public StoredFile regenerate(StoredFile file) {
    throw new UnsupportedOperationException(NO_SUCH_CALL);
  }

  @Override
  public void delete(StoredFile file) {
    run(() -> files.deleteFile(file.group(), file.name()));
  }

  @Override
  public byte[] download(StoredFile file) {
    return call(() -> files.downloadFile(file.group(), file.name(), new DownloadByteArray()));
  }

  @Override
  public byte[] download(StoredFile file, long offset, long count) {
    return call(() ->
        files.downloadFile(file.group(), file.name(), offset, count, new DownloadByteArray()));
  }

  @Override
  public void setMetadata(StoredFile file, Map<String, String> metadata) {
    run(() -> files.overwriteMetadata(file.group(), file.name(), pairs(metadata)));
  }

  @Override
  public void mergeMetadata(StoredFile file, Map<String, String> metadata) {
    run(() -> files.mergeMetadata(file.group(), file.name(), pairs(metadata)));
  }

  @Override
  public Map<String, String> metadata(StoredFile file) {
    return call(() -> {
      Map<String, String> values = new LinkedHashMap<>();
      for (MetaData pair : files.getMetadata(file.group(), file.name())) {
        values.put(pair.getName(), pair.getValue());
      }
      return values;
    });
  }

  @Override
  public FileFacts info(StoredFile file) {
    return call(() -> {
      FileInfo info = files.queryFileInfo(file.group(), file.name());
      return new FileFacts(
          info.getFileSize(),
          Instant.ofEpochSecond(info.getCreateTime()),
          info.getCrc32(),
          info.getSourceIpAddr());
    });
  }

  @Override
  public InetSocketAddress store(Optional<String> group) {
    return call(() ->
        group
            .map(trackers::getStoreStorage)
            .orElseGet(trackers::getStoreStorage)
            .getInetSocketAddress());
  }

  @Override
  public List<InetSocketAddress> stores(String group) {
    throw new UnsupportedOperationException(NO_SUCH_CALL);
  }

  @Override
  public InetSocketAddress source(StoredFile file) {
    return call(() -> trackers.getFetchStorage(file.group(), file.name()).getInetSocketAddress());
  }

  @Override
  public List<InetSocketAddress> sources(StoredFile file) {
    throw new UnsupportedOperationException(NO_SUCH_CALL);
  }

  @Override
  public InetSocketAddress update(StoredFile file) {
    return call(() -> trackers.getUpdateStorage(file.group(), file.name()).getInetSocketAddress());
  }

  @Override
  public List<Listed> groups() {
    return call(() -> trackers.listGroups().stream().map(TobatoClient::listed).toList());
  }

  @Override
  public List<Listed> storages(String group) {
    return call(() -> trackers.listStorages(group).stream().map(TobatoClient::listed).toList());
  }

  @Override
  public void close() {
    pool.close();
  }

  private static Listed listed(GroupState group) {
    return new Listed(
        group.getGroupName(),
        group.getTotalMB(),
        group.getFreeMB(),
        group.getStoragePort(),
        group.getStorePathCount());
  }

  private static Listed listed(StorageState storage) {
    return new Listed(
        storage.getId(),
        storage.getTotalMB(),
        storage.getFreeMB(),
        storage.getStoragePort(),
        storage.getStorePathCount());
  }

  private static StoredFile stored(StorePath path) {
    return new StoredFile(path.getGroup(), path.getPath());
  }

  private static InputStream in(byte[] content) {
    return new ByteArrayInputStream(content);
  }

  private static Set<MetaData> pairs(Map<String, String> metadata) {
    Set<MetaData> pairs = new LinkedHashSet<>();
    metadata.forEach((name, value) -> pairs.add(new MetaData(name, value)));
    return pairs;
  }

  private static void run(Runnable operation) {
    call(() -> {
      operation.run();
      return "";
    });
  }

  private static <T> T call(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (FdfsServerException refused) {
      throw new Refusal(refused.getErrorCode());
    } catch (RuntimeException fault) {
      throw new ClientFault(fault);
    }
  }

  /// What Spring does with the fields that have no setter.
  private static void inject(Object into, String field, Object value) {
    try {
      Field at = into.getClass().getDeclaredField(field);
      at.setAccessible(true);
      at.set(into, value);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(changed);
    }
  }
}
