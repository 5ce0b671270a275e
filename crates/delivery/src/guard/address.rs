//! Where an IP address leads: to the public Internet, into somebody's own network, or nowhere a notice may go.
//!
//! After the special-purpose registries of IANA (RFC 6890 and its updates), plus the metadata services of clouds.
//! IPv4 addresses that travel inside IPv6 ones are judged as what they stand for.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where an address leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The public Internet.
    Public,
    /// This machine or a private network: fine in a sandbox, never in production.
    Inside(&'static str),
    /// Nothing that a merchant could own.
    Closed(&'static str),
}

use Place::{Closed, Inside, Public};

/// What is special among IPv4 addresses: network, length of its prefix, where it leads. The first match counts.
const SPECIAL_V4: [([u8; 4], u32, Place); 21] = [
    ([100, 100, 100, 200], 32, Closed("a cloud's metadata service")),
    ([168, 63, 129, 16], 32, Closed("a cloud's metadata service")),
    ([169, 254, 0, 0], 16, Closed("link-local")),
    ([0, 0, 0, 0], 8, Closed("unspecified")),
    ([10, 0, 0, 0], 8, Inside("private")),
    ([100, 64, 0, 0], 10, Inside("private")),
    ([127, 0, 0, 0], 8, Inside("loopback")),
    ([172, 16, 0, 0], 12, Inside("private")),
    ([192, 168, 0, 0], 16, Inside("private")),
    ([192, 0, 0, 0], 24, Closed("reserved")),
    ([192, 0, 2, 0], 24, Closed("reserved")),
    ([192, 31, 196, 0], 24, Closed("reserved")),
    ([192, 52, 193, 0], 24, Closed("reserved")),
    ([192, 88, 99, 0], 24, Closed("reserved")),
    ([192, 175, 48, 0], 24, Closed("reserved")),
    ([198, 18, 0, 0], 15, Closed("reserved")),
    ([198, 51, 100, 0], 24, Closed("reserved")),
    ([203, 0, 113, 0], 24, Closed("reserved")),
    ([224, 0, 0, 0], 4, Closed("multicast")),
    ([255, 255, 255, 255], 32, Closed("broadcast")),
    ([240, 0, 0, 0], 4, Closed("reserved")),
];

/// Where `address` leads.
pub fn place(address: IpAddr) -> Place {
    match address {
        IpAddr::V4(address) => place_v4(address),
        IpAddr::V6(address) => place_v6(address),
    }
}

fn place_v4(address: Ipv4Addr) -> Place {
    let bits = u32::from(address);
    let inside = |network: [u8; 4], prefix: u32| (bits ^ u32::from_be_bytes(network)).leading_zeros() >= prefix;
    SPECIAL_V4.iter().find(|(network, prefix, _)| inside(*network, *prefix)).map_or(Public, |(_, _, place)| *place)
}

fn place_v6(address: Ipv6Addr) -> Place {
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        place_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Closed("unspecified"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Inside("loopback"),
        // IPv4-mapped, NAT64 and 6to4: an IPv4 address in other clothes.
        [0, 0, 0, 0, 0, 0xFFFF, high, low] | [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        [0xFD00, 0xEC2, ..] => Closed("a cloud's metadata service"),
        [first, ..] if first & 0xFE00 == 0xFC00 => Inside("private"),
        [first, ..] if first & 0xFFC0 == 0xFE80 => Closed("link-local"),
        [first, ..] if first & 0xFF00 == 0xFF00 => Closed("multicast"),
        // Teredo, ORCHID, benchmarking and the like; then the two networks of documentation.
        [0x2001, second, ..] if second < 0x200 => Closed("reserved"),
        [0x2001, 0xDB8, ..] => Closed("reserved"),
        [0x3FFF, second, ..] if second < 0x1000 => Closed("reserved"),
        // Global unicast addresses are handed out of 2000::/3 only.
        [first, ..] if first & 0xE000 == 0x2000 => Public,
        _ => Closed("reserved"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, place};

    fn of(text: &str) -> Place {
        place(text.parse().expect(text))
    }

    #[test]
    fn addresses_of_the_internet_are_public() {
        for text in [
            "8.8.8.8",
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "169.253.0.1",
            "192.0.1.1",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450:4001:800::200e",
            "2001:4860:4860::8888",
            "2001:200::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
        ] {
            assert_eq!(of(text), Place::Public, "{text}");
        }
    }

    #[test]
    fn this_machine_and_private_networks_are_inside() {
        for text in [
            "127.0.0.1",
            "127.255.255.254",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "::1",
            "fc00::1",
            "fdff:ffff::1",
            "::ffff:127.0.0.1",
            "::ffff:10.1.2.3",
            "64:ff9b::127.0.0.1",
            "64:ff9b::c0a8:1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
        ] {
            assert!(matches!(of(text), Place::Inside(_)), "{text} is {:?}", of(text));
        }
    }

    #[test]
    fn nothing_else_is_a_place_to_deliver_to() {
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "169.254.0.1",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:0:8.8.8.8",
            "::ffff:169.254.169.254",
            "::ffff:0.0.0.0",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::8.8.8.8",
            "2002:a9fe:a9fe::1",
            "100::1",
            "2001::1",
            "2001:20::1",
            "2001:2::1",
            "2001:db8::1",
            "3fff::1",
            "5f00::1",
            "fd00:ec2::254",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ] {
            assert!(matches!(of(text), Place::Closed(_)), "{text} is {:?}", of(text));
        }
    }
}
