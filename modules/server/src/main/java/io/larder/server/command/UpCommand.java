package io.larder.server.command;

import io.larder.protocol.conf.ConfException;
import io.larder.protocol.fileid.GroupName;
import io.larder.server.node.NodePlan;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `larder up`: a complete node, tracker, storage and HTTP, without any file.
@Command(
    name = "up",
    description =
        "Start a complete node: tracker, storage and HTTP in one process, data in one folder.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Settings of the conf files can be given in the environment, for example LARDER_HTTP_WRITE_FROM=any or",
      "LARDER_STORAGE_UPLOAD_PRIORITY=5; options on the command line go before them.",
    })
final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "larder-data",
      description =
          "Folder for everything the node keeps; made when missing. Default: ./${DEFAULT-VALUE}")
  private Path data = Path.of("larder-data");

  @Option(
      names = "--group",
      paramLabel = "NAME",
      defaultValue = "group1",
      description = "Group of the storage, 1 to 16 letters and digits. Default: ${DEFAULT-VALUE}")
  private String group = "group1";

  @Option(
      names = "--tracker",
      paramLabel = "[HOST:]PORT",
      converter = Endpoint.Reader.class,
      description = "Where the tracker listens. Default: 22122 on all addresses")
  private @Nullable Endpoint tracker;

  @Option(
      names = "--storage",
      paramLabel = "[HOST:]PORT",
      converter = Endpoint.Reader.class,
      description = "Where the storage listens. Default: 23000 on all addresses")
  private @Nullable Endpoint storage;

  @Option(
      names = "--http",
      paramLabel = "[HOST:]PORT",
      converter = Endpoint.Reader.class,
      description = "Where HTTP listens. Default: 8080 on all addresses")
  private @Nullable Endpoint http;

  @Option(
      names = "--store-path",
      paramLabel = "DIR",
      description =
          "Folder for stored files, usually one per disk; repeat it for more. Default: DATA/storage")
  private List<Path> storePaths = List.of();

  @Option(
      names = "--advertise",
      paramLabel = "HOST[:PORT]",
      converter = AdvertisedText.class,
      description =
          "Address at which clients reach the storage, behind NAT or port mapping. Default: the address at which they"
              + " reached the tracker")
  private @Nullable String advertise;

  @Override
  public Integer call() {
    try (DataFolder folder = DataFolder.open(data)) {
      UpSettings settings =
          new UpSettings(
              folder, GroupName.of(group), tracker, storage, http, storePaths, advertise);
      NodePlan plan = settings.plan(new SecureRandom());
      return Foreground.run(plan, node -> FirstSteps.print(System.out, node, folder.root()));
    } catch (ConfException e) {
      throw CommandFailure.config(String.valueOf(e.getMessage()));
    } catch (io.larder.protocol.MalformedException e) {
      throw CommandFailure.usage("--group: " + e.getMessage());
    }
  }
}
