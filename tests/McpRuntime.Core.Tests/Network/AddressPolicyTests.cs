using System.Net;
using McpRuntime.Configuration;
using McpRuntime.Network;

namespace McpRuntime.Tests.Network;

public class AddressPolicyTests
{
    [Theory]
    [InlineData("api.internal", "10.1.2.3", true, true)]
    [InlineData("API.internal.", "10.1.2.3", true, true)]
    [InlineData("other.internal", "10.1.2.3", true, false)]
    [InlineData("api.internal", "10.200.0.1", false, false)]
    [InlineData("api.internal", "192.168.0.1", false, false)]
    [InlineData("api.internal", "127.0.0.1", false, false)]
    [InlineData("api.internal", "8.8.8.8", true, true)]
    [InlineData("api.internal", "169.254.169.254", false, false)]
    [InlineData("api.internal", "169.254.0.1", false, false)]
    [InlineData("api.internal", "::ffff:169.254.169.254", false, false)]
    [InlineData("api.internal", "64:ff9b::169.254.169.254", false, false)]
    public void An_approval_within_networks_stays_within_them(
        string host,
        string address,
        bool isAnyHost,
        bool isApproved
    )
    {
        IPNetwork[] networks = [IPNetwork.Parse("10.0.0.0/9"), IPNetwork.Parse("169.254.0.0/16")];

        var any = AddressPolicy.Within(networks).Refusal(host, IPAddress.Parse(address));
        var named = AddressPolicy.Within(networks, ["api.internal"]).Refusal(host, IPAddress.Parse(address));

        Assert.Equal(isAnyHost, any is null);
        Assert.Equal(isApproved, named is null);
    }

    [Fact]
    public void Policies_within_networks_pool_their_own_connections()
    {
        IPNetwork[] networks = [IPNetwork.Parse("10.0.0.0/8")];
        AddressPolicy[] policies =
        [
            new AddressPolicy(networks),
            new AddressPolicy(networks, ["a"]),
            AddressPolicy.Within(networks),
            AddressPolicy.Within(networks, ["a"]),
            AddressPolicy.Within(networks, ["b"]),
            AddressPolicy.Within(networks, []),
        ];

        Assert.Equal(policies.Length, policies.Distinct().Count());
        Assert.Equal(AddressPolicy.Within(networks, ["a"]), AddressPolicy.Within(networks, ["A."]));
    }

    [Theory]
    [InlineData("8.8.8.8", nameof(AddressClass.Public))]
    [InlineData("172.15.255.255", nameof(AddressClass.Public))]
    [InlineData("172.32.0.0", nameof(AddressClass.Public))]
    [InlineData("100.63.255.255", nameof(AddressClass.Public))]
    [InlineData("100.128.0.0", nameof(AddressClass.Public))]
    [InlineData("2606:4700::1111", nameof(AddressClass.Public))]
    [InlineData("10.0.0.1", nameof(AddressClass.Private))]
    [InlineData("172.16.0.1", nameof(AddressClass.Private))]
    [InlineData("172.31.255.255", nameof(AddressClass.Private))]
    [InlineData("192.168.1.1", nameof(AddressClass.Private))]
    [InlineData("100.64.0.1", nameof(AddressClass.Private))]
    [InlineData("198.18.0.1", nameof(AddressClass.Private))]
    [InlineData("192.0.0.8", nameof(AddressClass.Private))]
    [InlineData("fc00::1", nameof(AddressClass.Private))]
    [InlineData("fdff::1", nameof(AddressClass.Private))]
    [InlineData("fec0::1", nameof(AddressClass.Private))]
    [InlineData("64:ff9b:1::a00:1", nameof(AddressClass.Private))]
    [InlineData("127.0.0.1", nameof(AddressClass.Loopback))]
    [InlineData("127.255.255.254", nameof(AddressClass.Loopback))]
    [InlineData("::1", nameof(AddressClass.Loopback))]
    [InlineData("169.254.0.1", nameof(AddressClass.LinkLocal))]
    [InlineData("fe80::1", nameof(AddressClass.LinkLocal))]
    [InlineData("febf::1", nameof(AddressClass.LinkLocal))]
    [InlineData("169.254.169.254", nameof(AddressClass.Metadata))]
    [InlineData("100.100.100.200", nameof(AddressClass.Metadata))]
    [InlineData("168.63.129.16", nameof(AddressClass.Metadata))]
    [InlineData("fd00:ec2::254", nameof(AddressClass.Metadata))]
    [InlineData("fd20:ce::254", nameof(AddressClass.Metadata))]
    [InlineData("0.0.0.0", nameof(AddressClass.Special))]
    [InlineData("0.1.2.3", nameof(AddressClass.Special))]
    [InlineData("::", nameof(AddressClass.Special))]
    [InlineData("224.0.0.1", nameof(AddressClass.Special))]
    [InlineData("240.0.0.1", nameof(AddressClass.Special))]
    [InlineData("255.255.255.255", nameof(AddressClass.Special))]
    [InlineData("192.0.2.1", nameof(AddressClass.Special))]
    [InlineData("198.51.100.1", nameof(AddressClass.Special))]
    [InlineData("203.0.113.1", nameof(AddressClass.Special))]
    [InlineData("ff02::1", nameof(AddressClass.Special))]
    [InlineData("2001:db8::1", nameof(AddressClass.Special))]
    [InlineData("100::1", nameof(AddressClass.Special))]
    // The same IPv4 addresses inside IPv6 ones: mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP.
    [InlineData("::ffff:8.8.8.8", nameof(AddressClass.Public))]
    [InlineData("::ffff:127.0.0.1", nameof(AddressClass.Loopback))]
    [InlineData("::ffff:169.254.169.254", nameof(AddressClass.Metadata))]
    [InlineData("::10.0.0.1", nameof(AddressClass.Private))]
    [InlineData("::ffff:0:10.0.0.1", nameof(AddressClass.Private))]
    [InlineData("64:ff9b::8.8.8.8", nameof(AddressClass.Public))]
    [InlineData("64:ff9b::169.254.169.254", nameof(AddressClass.Metadata))]
    [InlineData("64:ff9b::192.168.0.1", nameof(AddressClass.Private))]
    [InlineData("2002:7f00:1::", nameof(AddressClass.Loopback))]
    [InlineData("2002:a9fe:a9fe::1", nameof(AddressClass.Metadata))]
    [InlineData("2002:0808:0808::1", nameof(AddressClass.Public))]
    [InlineData("2001:0:4136:e378:8000:63bf:f5ff:fffe", nameof(AddressClass.Private))]
    [InlineData("2606:4700::5efe:127.0.0.1", nameof(AddressClass.Loopback))]
    [InlineData("fe80::5efe:8.8.8.8", nameof(AddressClass.LinkLocal))]
    public void Address_has_its_class(string address, string expected) =>
        Assert.Equal(expected, AddressClassifier.Classify(IPAddress.Parse(address)).ToString());

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("fd12::1")]
    public void Host_that_a_user_named_may_be_private_or_loopback(string address)
    {
        var policy = new AddressPolicy([], ["API.Example."]);
        Assert.Null(policy.Refusal("api.example", IPAddress.Parse(address)));
        Assert.NotNull(policy.Refusal("other.example", IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.7.7")]
    [InlineData("fe80::1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    public void Approval_of_a_host_never_reaches_other_classes(string address)
    {
        var policy = new AddressPolicy([], ["api.example"]);
        Assert.NotNull(policy.Refusal("api.example", IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("169.254.0.0/16", "169.254.169.254")]
    [InlineData("169.254.169.254/32", "::ffff:169.254.169.254")]
    [InlineData("10.0.0.0/8", "64:ff9b::10.1.2.3")]
    [InlineData("fe80::/10", "fe80::1%2")]
    [InlineData("127.0.0.0/8", "127.0.0.1")]
    public void Listed_network_is_allowed_whichever_way_the_address_is_written(string network, string address) =>
        Assert.Null(new AddressPolicy([IPNetwork.Parse(network)]).Refusal("x.example", IPAddress.Parse(address)));

    [Fact]
    public void Refusal_names_host_address_class_and_fix()
    {
        var names = new OptionNames { BaseUrl = "-BaseUrl", AllowPrivate = "-AllowPrivate" };
        var message = new AddressPolicy([], names: names).Refusal("api.example", IPAddress.Parse("::ffff:10.1.2.3"));
        Assert.Equal(
            "The host 'api.example' resolves to ::ffff:10.1.2.3, which is a private address, and this host is not approved. "
                + "Import the connector with -BaseUrl or -AllowPrivate, or set MCP_RUNTIME_ALLOWED_NETWORKS=10.1.2.3/32 (a wider network works too).",
            message
        );
    }

    [Fact]
    public void Refusal_leaves_out_a_choice_that_the_front_end_does_not_have()
    {
        var message = new AddressPolicy([], names: new OptionNames { AllowPrivate = null }).Refusal(
            "127.0.0.1",
            IPAddress.Loopback
        );
        Assert.Equal(
            "The address 127.0.0.1 is a loopback address (this machine), and this host is not approved. Set MCP_RUNTIME_ALLOWED_NETWORKS=127.0.0.1/32.",
            message
        );
    }
}
