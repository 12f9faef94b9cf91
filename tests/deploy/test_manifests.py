"""deploy/ as files: each has what its reader needs, and what is named twice is the same."""

import copy
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
MANIFESTS = {
    made["kind"] if made["kind"] != "Middleware" else made["metadata"]["name"]: made
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for made in yaml.safe_load_all(path.read_text())
}
HEALTH = "/_stcore/health"
GROUPS = {
    "Namespace": "v1", "Service": "v1", "Deployment": "apps/v1",
    "Ingress": "networking.k8s.io/v1", "HorizontalPodAutoscaler": "autoscaling/v2",
    "PodDisruptionBudget": "policy/v1", "Kustomization": "kustomize.config.k8s.io/v1beta1",
    "hall": "traefik.io/v1alpha1", "gzip": "traefik.io/v1alpha1",
}  # fmt: skip


def at(made: Any, path: str) -> Any:
    """A value of a manifest, by a path of keys and positions; a missing one fails."""
    for key in path.split("/"):
        made = made[int(key)] if key.isdigit() else made[key]
    return made


POD = at(MANIFESTS["Deployment"], "spec/template/spec")
CONTAINER = at(POD, "containers/0")
REPLICAS = {name: one for name, one in COMPOSE["services"].items() if name.startswith("app")}


# ---- Kubernetes ----


def test_every_kind_is_there_with_its_group() -> None:
    assert {kind: made["apiVersion"] for kind, made in MANIFESTS.items()} == GROUPS
    assert all(
        made["metadata"]["name"] for kind, made in MANIFESTS.items() if kind != "Kustomization"
    )


@pytest.mark.parametrize("kind", [
    kind for kind, group in GROUPS.items() if "traefik" not in group and "kustomize" not in group
])  # fmt: skip
@pytest.mark.parametrize("version", ["1.31", "1.37"])
def test_a_cluster_takes_it(kind: str, version: str) -> None:
    kubernetes_validate.validate(MANIFESTS[kind], version, strict=True)


def test_a_cluster_refuses_what_is_misspelt() -> None:
    made = copy.deepcopy(MANIFESTS["Deployment"])
    container = at(made, "spec/template/spec/containers/0")
    container["readinesProbe"] = container.pop("readinessProbe")
    with pytest.raises(kubernetes_validate.ValidationError, match="readinesProbe"):
        kubernetes_validate.validate(made, "1.37", strict=True)


def test_kustomize_takes_all_of_them() -> None:
    listed = MANIFESTS["Kustomization"]["resources"]
    there = {path.name for path in (DEPLOY / "kubernetes").glob("*.yaml")} - {"kustomization.yaml"}
    assert set(listed) == there
    assert [at(MANIFESTS["Kustomization"], "images/0/name")] == [CONTAINER["image"]]


@pytest.mark.parametrize("path", [
    "Deployment/spec/selector/matchLabels", "Service/spec/selector",
    "PodDisruptionBudget/spec/selector/matchLabels",
    "Deployment/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels",
])  # fmt: skip
def test_selectors_find_the_pods(path: str) -> None:
    labels = at(MANIFESTS["Deployment"], "spec/template/metadata/labels")
    selector = at(MANIFESTS, path)
    assert selector
    assert selector.items() <= labels.items()


def test_the_way_in_leads_to_the_container() -> None:
    backend = at(MANIFESTS["Ingress"], "spec/rules/0/http/paths/0/backend/service")
    service = MANIFESTS["Service"]
    assert backend["name"] == service["metadata"]["name"]
    port = at(service, "spec/ports/0")
    assert port["name"] == backend["port"]["name"]
    assert port["targetPort"] == at(CONTAINER, "ports/0/name")
    assert f"EXPOSE {at(CONTAINER, 'ports/0/containerPort')}" in CONTAINERFILE
    host = at(MANIFESTS["Ingress"], "spec/rules/0/host")
    assert host in at(MANIFESTS["Ingress"], "spec/tls/0/hosts")
    assert env(CONTAINER)["STREAMLIT_SERVER_ALLOWED_HOSTS"]["value"] == host


def test_the_ingress_names_middlewares_that_are_there() -> None:
    named = MANIFESTS["Ingress"]["metadata"]["annotations"][
        "traefik.ingress.kubernetes.io/router.middlewares"
    ]
    namespace = MANIFESTS["Namespace"]["metadata"]["name"]
    assert namespace == MANIFESTS["Kustomization"]["namespace"]
    assert set(named.split(",")) == {f"{namespace}-{one}@kubernetescrd" for one in ("hall", "gzip")}


def test_a_visitor_stays_on_a_pod_by_a_cookie() -> None:
    said = MANIFESTS["Service"]["metadata"]["annotations"]
    sticky = "traefik.ingress.kubernetes.io/service.sticky.cookie"
    assert said[sticky] == said[f"{sticky}.httponly"] == said[f"{sticky}.secure"] == "true"


@pytest.mark.parametrize("probe", ["startupProbe", "readinessProbe", "livenessProbe"])
def test_probes_ask_streamlits_own_endpoint(probe: str) -> None:
    asked = CONTAINER[probe]["httpGet"]
    assert asked == {"path": HEALTH, "port": at(CONTAINER, "ports/0/name")}


def test_a_pod_drains_before_it_is_killed_and_before_it_is_thought_dead() -> None:
    rolling = at(MANIFESTS["Deployment"], "spec/strategy/rollingUpdate")
    assert rolling == {"maxSurge": 1, "maxUnavailable": 0}
    drain_s = float(env(CONTAINER)["UNROLLED_DRAIN_S"]["value"])
    alive = CONTAINER["livenessProbe"]
    assert drain_s < POD["terminationGracePeriodSeconds"] - 10
    assert drain_s < alive["periodSeconds"] * (alive["failureThreshold"] - 1)


def test_the_autoscaler_scales_the_deployment_by_a_cpu_that_is_requested() -> None:
    scaler = MANIFESTS["HorizontalPodAutoscaler"]["spec"]
    deployment = MANIFESTS["Deployment"]
    assert scaler["scaleTargetRef"] == {
        "apiVersion": deployment["apiVersion"], "kind": "Deployment",
        "name": deployment["metadata"]["name"],
    }  # fmt: skip
    assert "replicas" not in deployment["spec"], "two would set the number of replicas"
    assert at(scaler, "metrics/0/resource/name") in at(CONTAINER, "resources/requests")
    assert 2 <= scaler["minReplicas"] <= scaler["maxReplicas"]


def test_a_pod_has_no_rights() -> None:
    own = CONTAINER["securityContext"]
    assert own["readOnlyRootFilesystem"] is True
    assert own["allowPrivilegeEscalation"] is False
    assert own["capabilities"] == {"drop": ["ALL"]}
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert f"USER {POD['securityContext']['runAsUser']}" in CONTAINERFILE
    assert POD["automountServiceAccountToken"] is False


def env(container: dict) -> dict[str, dict]:
    return {one["name"]: one for one in container["env"]}


def test_secrets_come_from_elsewhere() -> None:
    assert "secretKeyRef" in env(CONTAINER)["STREAMLIT_SERVER_COOKIE_SECRET"]["valueFrom"]
    for one in REPLICAS.values():
        assert one["environment"]["STREAMLIT_SERVER_COOKIE_SECRET"].startswith("${")
        assert one["environment"]["STREAMLIT_SERVER_ALLOWED_HOSTS"].startswith("${")
    assert "cookieSecret" not in (ROOT / ".streamlit/config.toml").read_text()


# ---- compose and nginx ----


def test_compose_has_the_replicas_that_nginx_knows() -> None:
    named = {f"app{n}" for n in re.findall(r"(\d+) app\1;", NGINX)}
    assert set(REPLICAS) == named == set(re.findall(r"upstream (app\d+) ", NGINX))
    assert {f"app{one['environment']['UNROLLED_REPLICA']}" for one in REPLICAS.values()} == named
    for upstream in re.findall(r"upstream \w+ +\{(.*?)\}", NGINX, re.DOTALL):
        assert set(re.findall(r"server (\w+):8501", upstream)) == named


def test_the_proxy_finds_each_at_its_fixed_address() -> None:
    proxy = COMPOSE["services"]["proxy"]
    fixed = {f"{name}:{at(one, 'networks/inside/ipv4_address')}" for name, one in REPLICAS.items()}
    assert set(proxy["extra_hosts"]) == fixed
    (port,) = re.findall(r"listen (\d+);", NGINX)
    assert proxy["ports"][0].endswith(f":{port}")


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_service_has_no_rights(name: str) -> None:
    one = COMPOSE["services"][name]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    written = "/var/cache/nginx" if name == "proxy" else "/tmp"
    assert [folder.split(":")[0] for folder in one["tmpfs"]] == [written]


def test_the_proxy_writes_below_its_cache_only() -> None:
    paths = re.findall(r"(?:pid|_temp_path|_cache_path) +(\S+?)[; ]", NGINX)
    assert len(paths) >= 6
    assert all(path.startswith("/var/cache/nginx/") for path in paths)


# ---- the image ----


def copied() -> list[str]:
    """What the image takes from the repository."""
    lines = [
        shlex.split(line)[1:] for line in CONTAINERFILE.splitlines() if line.startswith("COPY")
    ]
    return [source for line in lines for source in line[:-1]]


def test_the_image_asks_for_its_own_health_and_starts_the_doors() -> None:
    assert HEALTH in CONTAINERFILE
    command = CONTAINERFILE.splitlines()[-1]
    assert (ROOT / re.findall(r'"([\w/]+\.py)"', command)[0]).exists()
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} == set(copied())


def test_what_the_image_holds_is_all_that_a_page_needs(tmp_path: Path) -> None:
    for source in copied():
        path = ROOT / source
        (shutil.copytree if path.is_dir() else shutil.copy)(path, tmp_path / source)
    look = (
        "from streamlit.testing.v1 import AppTest\n"
        "import deploy.serve\n"
        "page = AppTest.from_file('app.py', default_timeout=60).run()\n"
        "assert page.title and not page.exception and not page.error, page.error\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
