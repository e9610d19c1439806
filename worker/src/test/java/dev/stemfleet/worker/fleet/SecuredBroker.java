package dev.stemfleet.worker.fleet;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.Role;
import dev.stemfleet.dispatcher.local.LocalBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// A broker with a listener that demands TLS and SCRAM and denies what no ACL allows. A second one,
/// without both, is for the test itself. The caller closes.
record SecuredBroker(LocalBroker broker, Path folder, int securePort) implements AutoCloseable {
  static final String PASSWORD = "correct-horse-7";
  private static final String KEY_PASSWORD = "changeit";

  static SecuredBroker start(Path folder) throws Exception {
    Path keys = folder.resolve("broker.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "broker",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1",
        "-keystore",
        keys.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "broker",
        "-keystore",
        keys.toString(),
        "-file",
        folder.resolve("broker.pem").toString());
    int plain = freePort();
    int secure = freePort();
    int controller = freePort();
    String scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
    Map<String, String> properties = new HashMap<>();
    properties.put(
        "listeners",
        "CLIENTS://localhost:%d,SECURE://localhost:%d,CONTROLLER://localhost:%d"
            .formatted(plain, secure, controller));
    properties.put(
        "advertised.listeners",
        "CLIENTS://localhost:%d,SECURE://localhost:%d".formatted(plain, secure));
    properties.put("controller.quorum.voters", "1@localhost:" + controller);
    properties.put(
        "listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL");
    properties.put("listener.name.secure.sasl.enabled.mechanisms", "SCRAM-SHA-512");
    properties.put("listener.name.secure.scram-sha-512.sasl.jaas.config", scram);
    properties.put("listener.name.secure.ssl.keystore.type", "PKCS12");
    properties.put("listener.name.secure.ssl.keystore.location", keys.toString());
    properties.put("listener.name.secure.ssl.keystore.password", KEY_PASSWORD);
    properties.put("listener.name.secure.ssl.key.password", KEY_PASSWORD);
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.put("super.users", "User:ANONYMOUS");
    LocalBroker broker =
        LocalBroker.start(
            LocalBroker.Options.in(folder.resolve("broker")).onPort(plain).with(properties));
    return new SecuredBroker(broker, folder, secure);
  }

  /// A user with the rights of a role and nothing else.
  ///
  /// @return its file of client properties
  Path user(Role role, KafkaSettings names) throws Exception {
    String user = role.name().toLowerCase(java.util.Locale.ROOT);
    try (Admin admin = new KafkaClients(broker.settings()).admin()) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
          .all()
          .get();
      List<AclBinding> rights = new ArrayList<>();
      role.onTopics(names)
          .forEach((topic, all) -> rights.addAll(allow(user, ResourceType.TOPIC, topic, all)));
      rights.addAll(allow(user, ResourceType.GROUP, names.group(), role.onGroup(names.queue())));
      for (AclOperation operation : role.onTransactions(names.queue())) {
        rights.add(
            new AclBinding(
                new ResourcePattern(
                    ResourceType.TRANSACTIONAL_ID, names.transactions(), PatternType.PREFIXED),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)));
      }
      rights.addAll(allow(user, ResourceType.CLUSTER, Resource.CLUSTER_NAME, role.onCluster()));
      admin.createAcls(rights).all().get();
    }
    return properties(user, PASSWORD);
  }

  /// A file of client properties.
  Path properties(String user, String password) throws IOException {
    Path file = folder.resolve(user + "-" + password.hashCode() + ".properties");
    return Files.writeString(
        file,
        """
        bootstrap.servers=localhost:%d
        security.protocol=SASL_SSL
        sasl.mechanism=SCRAM-SHA-512
        sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \
        username="%s" password="%s";
        ssl.truststore.type=PEM
        ssl.truststore.location=%s
        """
            .formatted(securePort, user, password, folder.resolve("broker.pem")));
  }

  @Override
  public void close() {
    broker.close();
  }

  private static List<AclBinding> allow(
      String user, ResourceType type, String name, Set<AclOperation> operations) {
    return operations.stream()
        .map(
            operation ->
                new AclBinding(
                    new ResourcePattern(type, name, PatternType.LITERAL),
                    new AccessControlEntry(
                        "User:" + user, "*", operation, AclPermissionType.ALLOW)))
        .toList();
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", KEY_PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
