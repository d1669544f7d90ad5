package io.larder.conformance.client;

import io.larder.conformance.servers.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.csource.common.MyException;
import org.csource.common.NameValuePair;
import org.csource.fastdfs.ClientGlobal;
import org.csource.fastdfs.FileInfo;
import org.csource.fastdfs.ProtoCommon;
import org.csource.fastdfs.StorageClient;
import org.csource.fastdfs.StructGroupStat;
import org.csource.fastdfs.StructStorageStat;
import org.csource.fastdfs.TrackerClient;
import org.csource.fastdfs.TrackerGroup;
import org.csource.fastdfs.TrackerServer;
import org.jspecify.annotations.Nullable;

/// The Java client of the makers of FastDFS, as it was forked onto Maven Central. Connects anew for every operation, says QUIT
/// before it hangs up, and wants the exact length of each answer.
public final class CsourceClient implements NativeClient {
  /// What stands in its row of the documents.
  public static final String COORDINATES = "net.oschina.zcx7878:fastdfs-client-java:1.27.0.0";

  private static final String OLD_RECORDS = "knows the records of FastDFS 5 only";
  private static final String NO_SUCH_CALL = "has no such call";

  static final Map<Call, String> CANNOT_MAKE =
      Map.of(
          Call.REGENERATE, NO_SUCH_CALL,
          Call.LIST_GROUPS, OLD_RECORDS,
          Call.LIST_STORAGES, OLD_RECORDS);

  private static final Pattern TRACKER_ERROR = Pattern.compile("errno code: (\\d+)");
  private static final int TIMEOUT_MILLIS = Math.toIntExact(Duration.ofSeconds(20).toMillis());

  private final TrackerClient trackers;

  /// For this tracker. The client keeps its trackers in a static field, so one JVM has one target.
  public CsourceClient(Target target) {
    ClientGlobal.setG_connect_timeout(TIMEOUT_MILLIS);
    ClientGlobal.setG_network_timeout(TIMEOUT_MILLIS);
    ClientGlobal.setG_charset("UTF-8");
    TrackerGroup group = new TrackerGroup(new InetSocketAddress[] {target.tracker()});
    ClientGlobal.setG_tracker_group(group);
    trackers = new TrackerClient(group);
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
    return stored(files -> files.upload_file(content, extension, null));
  }

  @Override
  public StoredFile uploadInto(String group, byte[] content, String extension) {
    return stored(files -> files.upload_file(group, content, extension, null));
  }

  @Override
  public StoredFile uploadWith(Map<String, String> metadata, byte[] content, String extension) {
    return stored(files -> files.upload_file(content, extension, pairs(metadata)));
  }

  @Override
  public StoredFile uploadAppender(byte[] content, String extension) {
    return stored(files -> files.upload_appender_file(content, extension, null));
  }

  @Override
  public StoredFile uploadSlave(
      StoredFile master, String prefix, String extension, byte[] content) {
    return stored(files ->
        files.upload_file(master.group(), master.name(), prefix, content, extension, null));
  }

  @Override
  public void append(StoredFile file, byte[] more) {
    change(files -> files.append_file(file.group(), file.name(), more));
  }

  @Override
  public void modify(StoredFile file, long offset, byte[] bytes) {
    change(files -> files.modify_file(file.group(), file.name(), offset, bytes));
  }

  @Override
  public void truncate(StoredFile file, long size) {
    change(files -> files.truncate_file(file.group(), file.name(), size));
  }

  @Override
  public StoredFile regenerate(StoredFile file) {
    throw new UnsupportedOperationException(NO_SUCH_CALL);
  }

  @Override
  public void delete(StoredFile file) {
    change(files -> files.delete_file(file.group(), file.name()));
  }

  @Override
  public byte[] download(StoredFile file) {
    return files(files -> files.download_file(file.group(), file.name()));
  }

  @Override
  public byte[] download(StoredFile file, long offset, long count) {
    return files(files -> files.download_file(file.group(), file.name(), offset, count));
  }

  @Override
  public void setMetadata(StoredFile file, Map<String, String> metadata) {
    setMetadata(file, metadata, ProtoCommon.STORAGE_SET_METADATA_FLAG_OVERWRITE);
  }

  @Override
  public void mergeMetadata(StoredFile file, Map<String, String> metadata) {
    setMetadata(file, metadata, ProtoCommon.STORAGE_SET_METADATA_FLAG_MERGE);
  }

  private void setMetadata(StoredFile file, Map<String, String> metadata, byte how) {
    change(files -> files.set_metadata(file.group(), file.name(), pairs(metadata), how));
  }

  @Override
  public Map<String, String> metadata(StoredFile file) {
    NameValuePair[] pairs = files(files -> files.get_metadata(file.group(), file.name()));
    Map<String, String> values = new LinkedHashMap<>();
    for (NameValuePair pair : pairs) {
      values.put(pair.getName(), pair.getValue());
    }
    return values;
  }

  @Override
  public FileFacts info(StoredFile file) {
    FileInfo info = files(files -> files.query_file_info(file.group(), file.name()));
    return new FileFacts(
        info.getFileSize(),
        info.getCreateTimestamp().toInstant(),
        (int) info.getCrc32(),
        info.getSourceIpAddr());
  }

  @Override
  public InetSocketAddress store(Optional<String> group) {
    return tracker(server ->
            group.isPresent()
                ? trackers.getStoreStorage(server, group.get())
                : trackers.getStoreStorage(server))
        .getInetSocketAddress();
  }

  @Override
  public List<InetSocketAddress> stores(String group) {
    return all(server -> trackers.getStoreStorages(server, group)).stream()
        .map(TrackerServer::getInetSocketAddress)
        .toList();
  }

  @Override
  public InetSocketAddress source(StoredFile file) {
    return tracker(server -> trackers.getFetchStorage(server, file.group(), file.name()))
        .getInetSocketAddress();
  }

  @Override
  public List<InetSocketAddress> sources(StoredFile file) {
    return all(server -> trackers.getFetchStorages(server, file.group(), file.name())).stream()
        .map(info -> new InetSocketAddress(info.getIpAddr(), info.getPort()))
        .toList();
  }

  @Override
  public InetSocketAddress update(StoredFile file) {
    return tracker(server -> trackers.getUpdateStorage(server, file.group(), file.name()))
        .getInetSocketAddress();
  }

  @Override
  public List<Listed> groups() {
    return all(trackers::listGroups).stream().map(CsourceClient::listed).toList();
  }

  @Override
  public List<Listed> storages(String group) {
    return all(server -> trackers.listStorages(server, group)).stream()
        .map(CsourceClient::listed)
        .toList();
  }

  @Override
  public void close() {}

  private static Listed listed(StructGroupStat group) {
    return new Listed(
        group.getGroupName(),
        group.getTotalMB(),
        group.getFreeMB(),
        group.getStoragePort(),
        group.getStorePathCount());
  }

  private static Listed listed(StructStorageStat storage) {
    return new Listed(
        storage.getId(),
        storage.getTotalMB(),
        storage.getFreeMB(),
        storage.getStoragePort(),
        storage.getStorePathCount());
  }

  private static NameValuePair[] pairs(Map<String, String> metadata) {
    return metadata.entrySet().stream()
        .map(pair -> new NameValuePair(pair.getKey(), pair.getValue()))
        .toArray(NameValuePair[]::new);
  }

  private interface OnFiles<T extends @Nullable Object> {
    T apply(StorageClient files) throws IOException, MyException;
  }

  private interface OnTracker<T extends @Nullable Object> {
    T apply(TrackerServer tracker) throws IOException;
  }

  private StoredFile stored(OnFiles<String @Nullable []> upload) {
    String[] names = files(upload);
    return new StoredFile(names[0], names[1]);
  }

  private void change(OnFiles<Integer> change) {
    files(files -> {
      int status = change.apply(files);
      if (status != 0) {
        throw new Refusal(status & 0xFF);
      }
      return "";
    });
  }

  /// With a new object as the client's users make it; nothing instead of a result means that it keeps a status.
  private <T> T files(OnFiles<@Nullable T> operation) {
    try {
      TrackerServer tracker = trackers.getConnection();
      try {
        StorageClient files = new StorageClient(tracker, null);
        T result = operation.apply(files);
        if (result == null) {
          throw new Refusal(files.getErrorCode() & 0xFF);
        }
        return result;
      } finally {
        tracker.close();
      }
    } catch (MyException told) {
      Matcher status = TRACKER_ERROR.matcher(String.valueOf(told.getMessage()));
      throw status.find() ? new Refusal(Integer.parseInt(status.group(1))) : new ClientFault(told);
    } catch (IOException fault) {
      throw new ClientFault(fault);
    }
  }

  private <T> List<T> all(OnTracker<T @Nullable []> query) {
    return Arrays.asList(tracker(query));
  }

  private <T> T tracker(OnTracker<@Nullable T> query) {
    try {
      TrackerServer server = trackers.getConnection();
      try {
        T result = query.apply(server);
        if (result == null) {
          throw new Refusal(trackers.getErrorCode() & 0xFF);
        }
        return result;
      } finally {
        server.close();
      }
    } catch (IOException fault) {
      throw new ClientFault(fault);
    }
  }
}
