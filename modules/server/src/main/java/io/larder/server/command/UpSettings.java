package io.larder.server.command;

import io.larder.protocol.conf.ConfFile;
import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.NetworkSettings;
import io.larder.protocol.conf.Overrides;
import io.larder.protocol.conf.Overrides.FromOption;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.conf.SettingsTable;
import io.larder.protocol.conf.StorageConf;
import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.conf.TrackerConf;
import io.larder.protocol.fileid.GroupName;
import io.larder.server.node.Descriptors;
import io.larder.server.node.NodePlan;
import io.larder.server.node.Sections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Turns the options of `larder up` into the same settings that conf files give.
///
/// What `up` itself decides stands where a conf file would stand, so the environment goes before it; what the user
/// typed goes before both.
///
/// @param folder the data folder
/// @param group the group of the storage
/// @param tracker where the tracker listens, null for the default
/// @param storage where the storage listens, null for the default
/// @param http where HTTP listens, null for the default
/// @param storePaths folders for files, empty for the data folder
/// @param advertise the address clients are told, null for the one they use
record UpSettings(
    DataFolder folder,
    GroupName group,
    @Nullable Endpoint tracker,
    @Nullable Endpoint storage,
    @Nullable Endpoint http,
    List<Path> storePaths,
    @Nullable String advertise) {
  private static final String SOURCE = "larder up";
  private static final String LOOPBACK = "127.0.0.1";
  private static final long GIB = 1L << 30;

  /// The settings of all three roles; draws the identity on the first start.
  NodePlan plan(RandomGenerator random) {
    makeStorePaths();
    TrackerConf trackerConf = TrackerConf.read(trackerSettings());
    StorageIds.Entry me =
        Identity.of(folder.storageIds(), group, storageAddress(trackerConf), random);
    EffectiveSettings storageSettings = storageSettings(trackerConf, me.id().text());
    return NodePlan.complete(
        trackerConf,
        new StorageIds(List.of(me)),
        StorageConf.read(storageSettings),
        Sections.read(storageSettings),
        Optional.ofNullable(advertise));
  }

  private EffectiveSettings trackerSettings() {
    String text =
        """
        base_path = %s
        max_connections = %d
        use_storage_id = true
        id_type_in_filename = id
        trust_storage_server_id = true
        storage_ids_filename = %s
        reserved_storage_space = %s
        """
            .formatted(
                folder.tracker(),
                Descriptors.connectionsOfOneServer(),
                folder.storageIds(),
                reserve());
    List<FromOption> typed = new ArrayList<>();
    listen(typed, TrackerConf.TABLE, "", "--tracker", tracker);
    return TrackerConf.settings(
        ConfFile.ofText(SOURCE, text), new Overrides(typed, System.getenv()), Sections.tables());
  }

  private EffectiveSettings storageSettings(TrackerConf trackerConf, String id) {
    StringBuilder text = new StringBuilder();
    text.append("group_name = ").append(group).append('\n');
    text.append("base_path = ").append(folder.storage()).append('\n');
    text.append("max_connections = ").append(Descriptors.connectionsOfOneServer()).append('\n');
    text.append("server_id = ").append(id).append('\n');
    text.append("tracker_server = ").append(trackerAddress(trackerConf)).append('\n');
    List<Path> paths = storePaths.isEmpty() ? List.of(folder.storage()) : storePaths;
    text.append("store_path_count = ").append(paths.size()).append('\n');
    for (int i = 0; i < paths.size(); i++) {
      text.append("store_path").append(i).append(" = ").append(absolute(paths.get(i))).append('\n');
    }
    text.append("[http]\nport = 8080\n");
    List<FromOption> typed = new ArrayList<>();
    listen(typed, StorageConf.TABLE, "", "--storage", storage);
    listen(typed, Sections.HTTP, "http", "--http", http);
    return StorageConf.settings(
        ConfFile.ofText(SOURCE, text.toString()),
        new Overrides(typed, System.getenv()),
        Sections.tables());
  }

  private static void listen(
      List<FromOption> typed,
      SettingsTable table,
      String section,
      String option,
      @Nullable Endpoint endpoint) {
    if (endpoint != null) {
      String host = endpoint.host().equals("0.0.0.0") ? "" : endpoint.host();
      typed.add(new FromOption(table.setting(section, "bind_addr"), List.of(host), option));
      typed.add(
          new FromOption(
              table.setting(section, "port"), List.of(Integer.toString(endpoint.port())), option));
    }
  }

  /// The address by which the storage of this process reaches its tracker.
  private static PeerAddress trackerAddress(TrackerConf conf) {
    List<String> bound = conf.network().bindAddresses();
    return new PeerAddress(
        List.of(bound.isEmpty() ? LOOPBACK : bound.getFirst()), conf.network().port());
  }

  /// What the list of storage ids says of this storage: the address it is bound to, else loopback, where the tracker of
  /// this process reaches it.
  private PeerAddress storageAddress(TrackerConf trackerConf) {
    NetworkSettings network = StorageConf.read(storageSettings(trackerConf, "1")).network();
    List<String> bound = network.bindAddresses();
    return new PeerAddress(List.of(bound.isEmpty() ? LOOPBACK : bound.getFirst()), network.port());
  }

  /// Makes the folders of new store paths. One that had files and is missing now is the mount point of a disk that is not
  /// there: made anew, it would take the files of clients onto another disk.
  private void makeStorePaths() {
    Set<Integer> known = folder.knownStorePaths();
    for (int i = 0; i < storePaths.size(); i++) {
      Path path = storePaths.get(i);
      if (known.contains(i) && !Files.exists(absolute(path))) {
        throw CommandFailure.unavailable(
            "--store-path "
                + path
                + " is missing, and this node has files there. Remedy: mount its disk; if the disk was replaced, make"
                + " the folder, and recover the files from another storage of the group.");
      }
      try {
        Files.createDirectories(absolute(path));
      } catch (IOException e) {
        throw CommandFailure.unavailable(
            "--store-path "
                + path
                + " cannot be used: "
                + e
                + ". Remedy: name a folder that you may write.");
      }
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /// The smaller of 1 GB and 1 % stays free (architecture §10), on the smallest disk that files go to.
  private String reserve() {
    List<Path> places = storePaths.isEmpty() ? List.of(folder.root()) : storePaths;
    return places.stream().anyMatch(place -> sizeOfDisk(place) / 100 < GIB) ? "1%" : "1GB";
  }

  private static long sizeOfDisk(Path place) {
    try {
      return Files.getFileStore(place).getTotalSpace();
    } catch (IOException e) {
      throw CommandFailure.unavailable("the size of the disk under " + place + " is unknown: " + e);
    }
  }
}
