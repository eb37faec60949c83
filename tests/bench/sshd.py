"""A real sshd for the time of a measurement: keys, configuration and log in one folder, on loopback addresses only."""

import getpass
import os
import shutil
import socket
import subprocess
import time

SSHD = "/usr/sbin/sshd"
MOST_ADDRESSES = 16  # of one sshd (MAX_LISTEN_SOCKS in its source)


class CannotRun(Exception):
    """Why there is no sshd here."""


def free_port(addresses):
    for port in range(22220, 22420):
        sockets = []
        try:
            for address in addresses:
                sockets.append(socket.socket())
                sockets[-1].bind((address, port))
            return port
        except OSError:
            continue
        finally:
            for one in sockets:
                one.close()
    raise CannotRun("no port from 22220 to 22419 is free on " + ", ".join(addresses))


class Sshd:
    """Each address of `landings` (address → folder of a simulated host) brings a login into that host's `enter`."""

    def __init__(self, folder, landings):
        if not os.path.exists(SSHD) or not shutil.which("ssh") or not shutil.which("ssh-keygen"):
            raise CannotRun(f"{SSHD}, ssh or ssh-keygen is missing: install openssh-server and openssh-client")
        self.folder, self.landings = folder, landings
        self.user = getpass.getuser()
        self.config = os.path.join(folder, "ssh_config")
        self.daemons = []
        os.makedirs(folder)
        self.port = free_port(list(landings))
        for key in ("host_key", "client_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self._path(key)], check=True)
        self._write_client_side()

    def __enter__(self):
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # where it gives up its privileges
        addresses = list(self.landings)
        try:
            for at in range(0, len(addresses), MOST_ADDRESSES):
                self._start(addresses[at:at + MOST_ADDRESSES])
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for daemon in self.daemons:
            daemon.terminate()
            daemon.wait()

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _write(self, name, text):
        with open(self._path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def _write_client_side(self):
        with open(self._path("host_key.pub"), encoding="utf-8") as file:
            self._write("known_hosts", f"[127.0.*]:{self.port} {file.read()}")
        shutil.copy(self._path("client_key.pub"), self._path("authorized_keys"))
        # No user's own keys, agent or known hosts take part.
        self._write("ssh_config", f"""Host *
  UserKnownHostsFile {self._path("known_hosts")}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  IdentityFile {self._path("client_key")}
  IdentitiesOnly yes
  IdentityAgent none
  LogLevel ERROR
""")

    def _start(self, addresses):
        number = len(self.daemons)
        text = "".join(f"ListenAddress {address}:{self.port}\n" for address in addresses) + f"""
HostKey {self._path("host_key")}
AuthorizedKeysFile {self._path("authorized_keys")}
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
PasswordAuthentication no
MaxStartups 200
MaxSessions 100
LogLevel ERROR
"""
        for address in addresses:
            text += f"Match LocalAddress {address}\n  ForceCommand exec {self.landings[address]}/enter sh -c \"$SSH_ORIGINAL_COMMAND\"\n"
        self._write(f"sshd_config.{number}", text)
        with open(self._path(f"sshd.{number}.log"), "wb") as log:
            self.daemons.append(subprocess.Popen([SSHD, "-f", self._path(f"sshd_config.{number}"), "-D", "-e"],
                                                 stdin=subprocess.DEVNULL, stdout=log, stderr=log))
        self._wait_for(addresses[-1], number)

    def _wait_for(self, address, number):
        for _ in range(200):
            if self.daemons[number].poll() is not None:
                break
            try:
                socket.create_connection((address, self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        with open(self._path(f"sshd.{number}.log"), encoding="utf-8", errors="replace") as log:
            raise CannotRun(f"{SSHD} does not listen on {address}:{self.port}; it said: {log.read().strip()[-500:] or 'nothing'}")
