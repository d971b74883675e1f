using System.Buffers.Binary;
using Parley.Workspaces;
using Parley.Workspaces.Accounts;
using Shouldly;

namespace Parley.Tests.Workspaces.Accounts;

public sealed class PasswordsTests
{
    [Fact]
    public async Task What_is_kept_costs_a_guesser_a_hundred_thousand_rounds()
    {
        using var passwords = new Passwords(new PeopleSettings());

        var hash = Convert.FromBase64String(await passwords.Hash("correct horse battery"));

        // Version 3 of the framework's format: a byte for the version, four for the function (2: SHA-512), four for the rounds.
        hash[0].ShouldBe((byte)1);
        BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)).ShouldBe(2u);
        BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)).ShouldBe(100_000u);
    }

    [Fact]
    public async Task Nobody_fits_and_a_password_fits_its_own_hash_only()
    {
        using var passwords = new Passwords(new PeopleSettings());
        var hash = await passwords.Hash("correct horse battery");

        (await passwords.Fits(hash, "correct horse battery")).ShouldBeTrue();
        (await passwords.Fits(hash, "correct horse battery ")).ShouldBeFalse();
        (await passwords.Fits(null, "the password of nobody")).ShouldBeFalse();
    }
}
