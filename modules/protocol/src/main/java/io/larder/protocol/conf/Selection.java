package io.larder.protocol.conf;

import io.larder.protocol.fileid.GroupName;
import java.util.List;
import java.util.Optional;

/// How the tracker chooses a group, a storage and a store path (S2 §3.3 to §3.5).
///
/// @param lookup how the group of an upload is chosen
/// @param storeGroup the group of [Lookup#SPECIFIED], given exactly then
/// @param server how the storage of an upload is chosen
/// @param path how the store path of an upload is chosen
/// @param download from where a file is read
/// @param reserved what uploads leave free
public record Selection(
    Lookup lookup,
    Optional<GroupName> storeGroup,
    Server server,
    Path path,
    Download download,
    ReservedSpace reserved) {

  /// How a group is chosen.
  public enum Lookup {
    ROUND_ROBIN(0),
    SPECIFIED(1),
    LOAD_BALANCE(2);

    private final int code;

    Lookup(int code) {
      this.code = code;
    }

    /// The number in the conf file.
    public int code() {
      return code;
    }
  }

  /// How a storage is chosen.
  public enum Server {
    ROUND_ROBIN(0),
    FIRST_BY_ID(1),
    FIRST_BY_PRIORITY(2);

    private final int code;

    Server(int code) {
      this.code = code;
    }

    /// The number in the conf file.
    public int code() {
      return code;
    }
  }

  /// How a store path is chosen.
  public enum Path {
    ROUND_ROBIN(0),
    MOST_FREE(2);

    private final int code;

    Path(int code) {
      this.code = code;
    }

    /// The number in the conf file and in the tracker's parameters.
    public int code() {
      return code;
    }
  }

  /// From where files are read.
  public enum Download {
    ROUND_ROBIN(0),
    SOURCE_FIRST(1);

    private final int code;

    Download(int code) {
      this.code = code;
    }

    /// The number in the conf file.
    public int code() {
      return code;
    }
  }

  static final Setting<Lookup> STORE_LOOKUP =
      Setting.of("store_lookup", ValueType.numbered(Lookup.class, Lookup::code))
          .orElse("0")
          .means(
              "Group of an upload: 0 in turn, 1 always store_group, 2 the one with most free space.");
  static final Setting<GroupName> STORE_GROUP =
      Setting.of("store_group", StorageIdentity.GROUP)
          .orElseMeaning("required with store_lookup = 1")
          .means("The group of uploads when store_lookup is 1.");
  static final Setting<Server> STORE_SERVER =
      Setting.of("store_server", ValueType.numbered(Server.class, Server::code))
          .orElse("0")
          .lenient()
          .means(
              "Storage of an upload: 0 in turn, 1 the first by id, 2 the first by upload_priority; with trunk files 0 is taken as 1.");
  static final Setting<Path> STORE_PATH =
      Setting.of("store_path", ValueType.numbered(Path.class, Path::code))
          .orElse("0")
          .lenient()
          .means("Store path of an upload: 0 in turn, 2 the one with most free space.");
  static final Setting<Download> DOWNLOAD_SERVER =
      Setting.of("download_server", ValueType.numbered(Download.class, Download::code))
          .orElse("0")
          .lenient()
          .means(
              "Storage of a download: 0 any that has the file in turn, 1 the one it was uploaded to.");
  static final Setting<ReservedSpace> RESERVED_STORAGE_SPACE =
      Setting.of("reserved_storage_space", ValueType.RESERVED)
          .orElse("1GB")
          .means(
              "Space that uploads leave free: a size for a whole storage, or a share of the disk.");

  static final List<Setting<?>> ROWS =
      List.of(
          STORE_LOOKUP,
          STORE_GROUP,
          STORE_SERVER,
          STORE_PATH,
          DOWNLOAD_SERVER,
          RESERVED_STORAGE_SPACE);

  static Selection read(EffectiveSettings in, boolean trunkFiles) {
    Lookup lookup = in.get(STORE_LOOKUP);
    Optional<GroupName> group = in.find(STORE_GROUP).filter(g -> lookup == Lookup.SPECIFIED);
    if (lookup == Lookup.SPECIFIED && group.isEmpty()) {
      throw in.refused(STORE_GROUP, "store_lookup = 1 needs it", STORE_GROUP.type().allowed());
    }
    return new Selection(
        lookup,
        group,
        server(in, trunkFiles),
        in.get(STORE_PATH),
        in.get(DOWNLOAD_SERVER),
        in.get(RESERVED_STORAGE_SPACE));
  }

  private static Server server(EffectiveSettings in, boolean trunkFiles) {
    Server server = in.get(STORE_SERVER);
    if (!trunkFiles || server != Server.ROUND_ROBIN) {
      return server;
    }
    if (in.value(STORE_SERVER).isSet()) {
      in.warn(STORE_SERVER, "with use_trunk_file it is taken as 1, the first by id");
    }
    return Server.FIRST_BY_ID;
  }
}
