"""A small stand-in for a Kubernetes node: it runs the containers of a manifest for real.

Everything that a kubelet, kube-proxy and the cluster's DNS would do with the synthesized manifests
is done with real processes, real namespaces and real sockets; only the Kubernetes API server is a
stand-in. A manifest that uses a field which this node does not honour is refused, so that no test
can pass because a setting was overlooked.
"""
