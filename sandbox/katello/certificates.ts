import './reflect.ts';
import { webcrypto } from 'node:crypto';

/** A certificate with its key, in PEM, as a TLS server takes them. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const serverAuthentication = '1.3.6.1.5.5.7.3.1';

/** A CA whose certificates nobody in the world should trust. */
export const strangerName = 'A CA that is not in katello.ca';

/** Whose certificate a server shows that is not the one its client wants. */
export const anotherHost = 'another-host.example.com';

/** OpenSSL looks at the real clock, whatever the virtual one says: valid for any run that anyone makes. */
const always: Validity = {
  notBefore: new Date(Date.UTC(2020, 0, 1)),
  notAfter: new Date(Date.UTC(2099, 0, 1)),
};

/** Loaded at run time, because it looks for what `reflect.ts` provides as soon as it is loaded. */
const x509 = () => import('@peculiar/x509');

const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
type Keys = Awaited<ReturnType<typeof newKeys>>;

/** A CA of its own, as Katello has one: no trust store knows it. */
export class CertificateAuthority {
  /** The CA's certificate in PEM: what a client is given to trust. */
  readonly pem: string;
  readonly #keys: Keys;
  readonly #name: string;
  #serial = 1;

  private constructor(name: string, keys: Keys, pem: string) {
    this.#name = name;
    this.#keys = keys;
    this.pem = pem;
  }

  static async create(
    commonName = 'Simulated Katello CA',
    validity: Validity = always,
  ): Promise<CertificateAuthority> {
    const library = await x509();
    const keys = await newKeys();
    const name = `CN=${commonName}`;
    const certificate = await library.X509CertificateGenerator.createSelfSigned(
      {
        serialNumber: '01',
        name,
        ...validity,
        keys,
        signingAlgorithm: algorithm,
        extensions: [
          new library.BasicConstraintsExtension(true, 0, true),
          new library.KeyUsagesExtension(
            library.KeyUsageFlags.keyCertSign | library.KeyUsageFlags.cRLSign,
            true,
          ),
          await library.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        ],
      },
      webcrypto,
    );
    return new CertificateAuthority(name, keys, certificate.toString('pem'));
  }

  /** A server's certificate for one host name. */
  async issue(hostName: string, validity: Validity = always): Promise<ServerCertificate> {
    this.#serial += 1;
    const library = await x509();
    const keys = await newKeys();
    const certificate = await library.X509CertificateGenerator.create(
      {
        serialNumber: this.#serial.toString(16).padStart(4, '0'),
        subject: `CN=${hostName}`,
        issuer: this.#name,
        ...validity,
        publicKey: keys.publicKey,
        signingKey: this.#keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new library.BasicConstraintsExtension(false, undefined, true),
          new library.ExtendedKeyUsageExtension([serverAuthentication]),
          new library.SubjectAlternativeNameExtension([{ type: 'dns', value: hostName }]),
          await library.AuthorityKeyIdentifierExtension.create(
            this.#keys.publicKey,
            false,
            webcrypto,
          ),
        ],
      },
      webcrypto,
    );
    const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return {
      cert: certificate.toString('pem'),
      key: library.PemConverter.encode(key, 'PRIVATE KEY'),
    };
  }
}
